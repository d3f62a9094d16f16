using System.Text.Json;
using Hondo.Onnx.Tests;

namespace Hondo.Cli.Tests;

public sealed class PretrainedTests : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void The_networks_are_listed_with_source_licence_and_sum()
    {
        Answer list = _shell.Run("models", "list", "--json"), show = _shell.Run("models", "show", "MobileNet-v2");
        JsonElement[] models = [.. list.Lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Contains("squeezenet", models.Select(model => model.GetProperty("name").GetString()));
        foreach (string name in (string[])["sha256", "source", "licence", "preprocessing", "place"])
            Assert.All(models, model => Assert.NotEqual("", model.GetProperty(name).GetString()));
        Assert.Contains("the middle 224×224 of 256, red first, (x - 128) / 128", show.Out, StringComparison.Ordinal);
        Answer unknown = _shell.Run("models", "get", "mobilnet_v2");
        Assert.Equal(1, unknown.Code);
        Assert.Contains("Did you mean mobilenet_v2?", unknown.Error, StringComparison.Ordinal);
    }

    [SharedFact("data/imagenet/mobilenet_v1_0.25_128.onnx")]
    public void A_photo_gets_its_five_most_likely_classes()
    {
        string photo = Photo("coffee.png");
        Answer answer = _shell.Run("predict", "mobilenet_v1", photo);
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        Assert.Equal((photo, 6), (answer.Lines[0], answer.Lines.Length));
        Answer two = _shell.Run("predict", "mobilenet_v1", photo, "--json", "--top", "2");
        JsonElement[] top = [.. JsonDocument.Parse(two.Lines[0]).RootElement.GetProperty("top").EnumerateArray()];
        Assert.Equal(2, top.Length);
        Assert.StartsWith($"  {top[0].GetProperty("class").GetString()} ", answer.Lines[1], StringComparison.Ordinal);
        Assert.Equal(1, _shell.Run("predict", "mobilenet_v11", photo).Code);
    }

    [SharedFact("data/imagenet/mobilenet_v1_0.25_128.onnx")]
    public void A_folder_as_ImageNet_has_it_gives_top_1_and_top_5()
    {
        string folder = _shell.Path("imagenet");
        Copy("espresso.png", Photo("coffee.png"), Path.Combine(folder, "val", "n07920052"));
        Copy("a.png", Photo("bird.png"), Path.Combine(folder, "val", "chickadee"));
        // The training part is not looked at.
        string junk = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "train", "n01440764")).FullName,
            "tench.jpg");
        File.WriteAllText(junk, "no picture");
        Answer answer = _shell.Run("eval", "mobilenet_v1", folder, "--json");
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        JsonElement result = JsonDocument.Parse(answer.Lines[^1]).RootElement;
        Assert.Equal(2, result.GetProperty("samples").GetInt32());
        Assert.Equal(1, result.GetProperty("top-5 accuracy").GetDouble());
        Assert.InRange(result.GetProperty("accuracy").GetDouble(), 0.5, 1);
        // What is downloaded to judge networks is val alone.
        Directory.Delete(Path.Combine(folder, "train"), recursive: true);
        Assert.Equal(answer.Lines[^1], _shell.Run("eval", "mobilenet_v1", folder, "--json").Lines[^1]);
    }

    [SharedFact("data/imagenet/mobilenet_v1_0.25_128.onnx")]
    public void What_it_looks_at_is_drawn()
    {
        string folder = _shell.Path("drawn");
        Answer answer = _shell.Run("explain", "mobilenet_v1", Photo("parrot.jpg"), "--class", "macaw", "--out", folder);
        Assert.StartsWith("macaw 0.", answer.Out, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "overview.png")));
        Assert.Contains("Grad-CAM", answer.Out, StringComparison.Ordinal);
    }

    static string Photo(string name) => Shared.At($"data/imagenet/photos/{name}");

    static void Copy(string name, string photo, string folder) =>
        File.Copy(photo, Path.Combine(Directory.CreateDirectory(folder).FullName, name));
}
