using Hondo.Data;
using Hondo.Serialization;

namespace Hondo.Cli.Tests;

public sealed class AugmentTests : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_sheet_shows_ten_samples_of_each_class()
    {
        Image plain = Sheet(), changed = Sheet("--augment"), again = Sheet("--augment"),
            other = Sheet("--augment", "--seed", "2");
        Assert.Equal((2 + 10 * 86, 2 + 10 * 86, 1), (plain.Height, plain.Width, plain.Channels));
        Assert.Equal(changed.Pixels, again.Pixels);
        Assert.NotEqual(changed.Pixels, other.Pixels);
        Assert.Equal(plain.Row(40)[..86], changed.Row(40)[..86]);
    }

    [Fact]
    public void A_training_keeps_its_augmentation_with_its_options_and_its_model()
    {
        string run = _shell.Path("run");
        Answer answer = _shell.Run("train", "digits", "--augment", "shift(2), flip, mixup", "--epochs", "1", "--model",
            "softmax", "--quiet", "--run", run);
        Assert.True(answer.Code == 0, answer.Error);
        Assert.Contains("\"augment\": \"Shift(2), Flip(), Mixup()\"",
            File.ReadAllText(Path.Combine(run, "config.json")),
            StringComparison.Ordinal);
        (_, ModelCard card) = ModelFile.Load(Path.Combine(run, "checkpoints", "best.safetensors"));
        Assert.Equal("Shift(2), Flip(), Mixup()", card.Extra["augment"]);
    }

    [Theory]
    [InlineData(1, "no augmentation 'shft'. Did you mean Shift?", "digits", "--augment", "shft(2)")]
    [InlineData(2, "--augment: Flip() changes pictures [height, width, channels], but the samples are [4].", "iris",
        "--augment", "flip")]
    public void A_wrong_augmentation_is_refused_before_training(int code, string problem, params string[] words)
    {
        Answer answer = _shell.Run(["train", .. words, "--run", _shell.Path("none")]);
        Assert.Equal(code, answer.Code);
        Assert.Contains(problem, answer.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_shell.Path("none")));
    }

    Image Sheet(params string[] words)
    {
        string path = _shell.Path("sheet.png");
        Answer answer = _shell.Run(["data", "show", "digits", "--out", path, .. words]);
        Assert.True(answer.Code == 0, answer.Error);
        return ImageFile.Read(path);
    }
}
