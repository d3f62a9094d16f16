using Hondo.Tests.Docs;

namespace Hondo.Tests.Architecture;

public sealed class PageOfFoldersTests
{
    [Fact]
    public void The_page_on_architecture_tells_of_every_folder()
    {
        string page = Page.Read("docs/architecture.md")!;
        Assert.All(Compiled.Types.Select(type => Compiled.FolderOf(type)!).Distinct(),
            folder => Assert.Contains($"`{folder}`", page, StringComparison.Ordinal));
    }
}
