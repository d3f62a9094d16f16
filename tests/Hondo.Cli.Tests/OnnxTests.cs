using System.Text.Json;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Models;
using Hondo.Onnx;
using Hondo.Serialization;

namespace Hondo.Cli.Tests;

/// <summary><c>hondo onnx export|import|info</c>.</summary>
public sealed class OnnxTests : IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_model_goes_out_and_comes_in_again_as_it_was()
    {
        string model = Save("Sequential(Conv2d(1, 4, kernel: 3), BatchNorm(4), Relu(), Flatten(), Linear(144, 3))");
        string onnx = _shell.Path("out.onnx"), again = _shell.Path("again.safetensors");
        Answer exported = _shell.Run("onnx", "export", model, "--to", onnx);
        Assert.Equal((0, ""), (exported.Code, exported.Error));
        Assert.Equal($"{onnx}: input float [batch, 1, 8, 8] -> output float [batch, 3], operators 17, 5 nodes\n",
            exported.Out);
        Assert.Equal(0, _shell.Run("onnx", "import", onnx, "--to", again).Code);
        (Layer first, ModelCard card) = ModelFile.Load(model);
        (Layer second, ModelCard copy) = ModelFile.Load(again);
        Assert.Equal(first.ToString(), second.ToString());
        Assert.Equal(ModelHash.Of(first), ModelHash.Of(second));
        Assert.Equal(card.ClassNames, copy.ClassNames);
        Assert.Equal((card.Normalization, card.InputShape), (copy.Normalization, copy.InputShape));
        Assert.Contains("Hondo's own, which train", _shell.Run("onnx", "info", onnx).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_that_is_no_chain_of_layers_trains_is_saved_and_used()
    {
        string body = _shell.Path("body"), onnx = _shell.Path("g.onnx"), whole = _shell.Path("whole");
        Assert.Equal(0, _shell.Run("train", "digits", "--epochs", "1", "--quiet", "--augment", "off", "--run", body,
            "--model", "Sequential(Conv2d(1, 8, kernel: 3, stride: 2), Silu(), Flatten(), Linear(1352, 10))").Code);
        Assert.Equal(0, _shell.Run("onnx", "export", body, "--to", onnx).Code);
        // Without the text of Hondo's layers it is a file as other programs write it.
        byte[] bytes = File.ReadAllBytes(onnx);
        bytes[bytes.AsSpan().IndexOf("hondo.model"u8)] = (byte)'H';
        File.WriteAllBytes(onnx, bytes);
        Assert.Contains("run node by node, and train so: ", _shell.Run("onnx", "info", onnx).Out,
            StringComparison.Ordinal);
        Answer told = _shell.Run("train", "digits", "--from", onnx, "--unfreeze-after", "1", "--epochs", "2", "--run",
            whole);
        Assert.Equal(0, told.Code);
        Assert.Contains("80 parameters of 1 layers with weights; new: Linear(1352, 10)", told.Error,
            StringComparison.Ordinal);
        Assert.InRange(Accuracy(whole), 0.75, 1);
        Assert.Contains("…\"), Linear(1352, 10))\n", _shell.Run("info", whole).Out, StringComparison.Ordinal);
        string saved = _shell.Path("g.safetensors");
        Assert.Equal(0, _shell.Run("onnx", "import", onnx, "--to", saved).Code);
        Assert.Equal(Accuracy(onnx), Accuracy(saved));
    }

    double Accuracy(string model) => JsonDocument.Parse(_shell.Run("eval", model, "digits", "--json").Lines[^1])
        .RootElement.GetProperty("accuracy").GetDouble();

    [Fact]
    public void With_raw_the_file_takes_bytes_and_another_version_is_written()
    {
        string model = Save("Sequential(Flatten(), Linear(64, 3))"), onnx = _shell.Path("raw.onnx");
        Answer answer = _shell.Run("onnx", "export", model, "--to", onnx, "--raw", "--opset", "21");
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        Assert.Contains("input uint8 [batch, 1, 8, 8]", answer.Out, StringComparison.Ordinal);
        Assert.Equal(21, OnnxInfo.Read(onnx).Opsets[""]);
    }

    [Theory]
    [InlineData(2, "--opset is a number from 17 to 23, but got 12", "--opset", "12")]
    [InlineData(2, "--input 'big' is not a shape", "--input", "big")]
    [InlineData(1, "Linear", "--input", "9x9x1")]
    public void Wrong_options_are_told(int code, string message, params string[] options)
    {
        string model = Save("Sequential(Flatten(), Linear(64, 3))");
        Answer answer = _shell.Run([.. (string[])["onnx", "export", model, "--to", _shell.Path("x.onnx")], .. options]);
        Assert.Equal(code, answer.Code);
        Assert.Contains(message, answer.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_shell.Path("x.onnx")));
    }

    [Theory]
    [InlineData]
    [InlineData("--raw")]
    public void An_ONNX_file_is_used_as_the_model_that_it_was_made_of(params string[] options)
    {
        string model = Save("Sequential(Conv2d(1, 4, kernel: 3), Relu(), Flatten(), Linear(144, 3), Softmax())");
        string onnx = _shell.Path("net.onnx"), picture = _shell.Path("picture.png");
        Assert.Equal(0, _shell.Run([.. (string[])["onnx", "export", model, "--to", onnx], .. options]).Code);
        ImageFile.Write(picture, new Image([.. Enumerable.Range(0, 64).Select(i => (byte)(3 * i))], 8, 8, 1));
        Answer predicted = _shell.Run("predict", onnx, picture, "--json");
        Assert.Equal((0, ""), (predicted.Code, predicted.Error));
        // The file's softmax is left out, the other model has two.
        string bare = _shell.Path("bare.onnx");
        (Layer layers, ModelCard card) = ModelFile.Load(model);
        OnnxExport.Save(((Sequential)layers)[..^1], bare, options: new() { Card = card });
        Assert.Equal(_shell.Run("predict", bare, picture, "--json").Out, predicted.Out);
        Answer explained = _shell.Run("explain", onnx, picture, "--out", _shell.Path("why"));
        Assert.True(explained.Code == 0, explained.Error);
        Assert.True(File.Exists(Path.Combine(_shell.Path("why"), "overview.png")));
        Assert.Contains("Linear(144, 3)", _shell.Run("info", onnx).Out, StringComparison.Ordinal);
        Assert.Equal(2, _shell.Run("predict", model, picture, "--preprocess", "unit").Code);
    }

    [Fact]
    public void A_file_is_checked_by_a_run_on_zeros()
    {
        string model = Save("Sequential(Flatten(), Linear(64, 3))"), onnx = _shell.Path("net.onnx");
        _shell.Run("onnx", "export", model, "--to", onnx);
        Answer answer = _shell.Run("onnx", "check", onnx, "--axis", "batch=5");
        Assert.Equal((0, ""), (answer.Code, answer.Error));
        Assert.Contains("output: float [5, 3]", answer.Out, StringComparison.Ordinal);
        Assert.Equal(2, _shell.Run("onnx", "check", onnx, "--axis", "batch").Code);
        File.WriteAllText(onnx, "no ONNX file");
        Assert.Equal(1, _shell.Run("onnx", "check", onnx).Code);
    }

    string Save(string text)
    {
        string path = _shell.Path("model.safetensors");
        ModelText.Parse(text).Save(path, new()
        {
            InputShape = [8, 8, 1], ClassNames = ["a", "b", "c"],
            Normalization = "{\"mean\":[0.25],\"deviation\":[0.5]}",
        });
        return path;
    }
}
