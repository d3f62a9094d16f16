using Hondo.Data;
using Hondo.Layers;
using Hondo.Serialization;
using Hondo.Tests.Data;

namespace Hondo.Tests.Serialization;

public sealed class LoadOptionsTests
{
    static Sequential Model(int outputs) => new(new Linear(4, 6), new BatchNorm(6), new Relu(),
        new Linear(6, outputs));

    [Fact]
    public void A_new_head_is_trained_on_an_old_body()
    {
        using var scratch = new ScratchFolder();
        Layer old = Model(10).Initialize(3), model = Model(2).Initialize(4);
        ModelFile.Save(old, scratch["old.safetensors"]);
        float[] head = model.Parameters[^2].Value.ToArray<float>();
        LoadReport report = ModelFile.Load(scratch["old.safetensors"], model, new LoadOptions { Strict = false });
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var"], report.Loaded);
        Assert.Equal(["3.weight is [2, 6] in the model, but [10, 6] in the file",
            "3.bias is [2] in the model, but [10] in the file"], report.Mismatched);
        Assert.Empty(report.Missing);
        Assert.Empty(report.Unexpected);
        Assert.Equal(old.Parameters[0].Value.ToArray<float>(), model.Parameters[0].Value.ToArray<float>());
        Assert.Equal(head, model.Parameters[^2].Value.ToArray<float>());
    }

    [Fact]
    public void What_does_not_fit_is_an_error_unless_it_is_allowed()
    {
        using var scratch = new ScratchFolder();
        ModelFile.Save(Model(10), scratch["old.safetensors"]);
        DataFormatException error = Assert.Throws<DataFormatException>(() =>
            ModelFile.Load(scratch["old.safetensors"], Model(2), new LoadOptions()));
        Assert.Contains("3.weight is [2, 6]", error.Message, StringComparison.Ordinal);
        LoadReport report = ModelFile.Load(scratch["old.safetensors"], new Linear(4, 6), new LoadOptions
        {
            Strict = false,
            Rename = name => name == "0.weight" ? "weight" : name == "0.bias" ? null : name,
        });
        Assert.Equal(["weight"], report.Loaded);
        Assert.Equal(["bias [6]"], report.Missing);
        Assert.Equal(6, report.Unexpected.Count);
        Assert.Contains("6 unexpected: ", report.ToString(), StringComparison.Ordinal);
        Assert.Throws<DataFormatException>(() => ModelFile.Load(scratch["old.safetensors"], Model(10),
            new LoadOptions { Rename = _ => "weight" }));
    }

    [Fact]
    public void Norms_have_PyTorchs_names_and_files_from_before_still_load()
    {
        Layer model = Model(2).Initialize(5);
        Assert.Equal(["1.weight", "1.bias"], model.Parameters.Skip(2).Take(2).Select(p => p.Name));
        Assert.Equal(["1.running_mean", "1.running_var"], model.States.Select(s => s.Name));
        Assert.Equal(["weight", "bias"], new LayerNorm(3).Parameters.Select(p => p.Name));
        Assert.Equal(["weight"], new RmsNorm(3).Parameters.Select(p => p.Name));
        Assert.Equal(["weight", "bias"], new GroupNorm(1, 3).Parameters.Select(p => p.Name));
        Assert.Equal(["weight"], new PRelu(3).Parameters.Select(p => p.Name));
        using var scratch = new ScratchFolder();
        ModelFile.Save(model, scratch["now.safetensors"]);
        Safetensors file = Safetensors.Read(scratch["now.safetensors"]);
        new Safetensors(file.Tensors.ToDictionary(t => t.Key switch
        {
            "1.weight" => "1.scale",
            "1.bias" => "1.shift",
            "1.running_mean" => "1.mean",
            "1.running_var" => "1.variance",
            _ => t.Key,
        }, t => t.Value), file.Metadata).Write(scratch["before.safetensors"]);
        Layer again = Model(2);
        ModelFile.Load(scratch["before.safetensors"], again);
        Assert.Equal(ModelHash.Of(model), ModelHash.Of(again));
    }
}
