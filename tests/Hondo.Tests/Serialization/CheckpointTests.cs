using Hondo.Layers;
using Hondo.Ops;
using Hondo.Optimizers;
using Hondo.Serialization;
using Hondo.Tensors;
using Hondo.Tests.Data;
using Linear = Hondo.Layers.Linear;

namespace Hondo.Tests.Serialization;

public sealed class CheckpointTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public static TheoryData<string> Optimizers =>
        [.. OptimizerCatalog.All.Signatures.Select(signature => signature.Name)];

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_run_that_goes_on_takes_the_same_steps_bit_by_bit(string name)
    {
        (Layer model, Optimizer optimizer) = Start(name);
        Train(model, optimizer, from: 0, to: 5);
        optimizer.LearningRate /= 3;
        Checkpoint.Save(_scratch["last"], model, optimizer, new Dictionary<string, string> { ["epoch"] = "5" });
        Train(model, optimizer, from: 5, to: 9);

        (Layer again, Optimizer resumed) = Start(name);
        Assert.Equal("5", Checkpoint.Load(_scratch["last"], again, resumed)["epoch"]);
        Train(again, resumed, from: 5, to: 9);
        Assert.Equal(ModelHash.Of(model), ModelHash.Of(again));
        Assert.Equal(optimizer.StepCount, resumed.StepCount);
    }

    [Fact]
    public void A_checkpoint_is_a_model_file_too()
    {
        (Layer model, Optimizer optimizer) = Start("Adam");
        Train(model, optimizer, 0, 2);
        Checkpoint.Save(_scratch["last"], model, optimizer, new Dictionary<string, string>());
        Assert.Equal(ModelHash.Of(model), ModelHash.Of(ModelFile.Load(_scratch["last"]).Model));
    }

    [Fact]
    public void What_does_not_belong_to_the_run_is_refused()
    {
        (Layer model, Optimizer optimizer) = Start("Adam");
        ModelFile.Save(model, _scratch["model"]);
        Refused.With("a checkpoint is needed", () => Checkpoint.Load(_scratch["model"], model, optimizer));
        Checkpoint.Save(_scratch["last"], model, optimizer, new Dictionary<string, string>());
        (Layer other, Optimizer sgd) = Start("Sgd");
        Refused.With("trained with Adam, but is to go on with Sgd", () =>
            Checkpoint.Load(_scratch["last"], other, sgd));
        var wider = new Linear(3, 4);
        Refused.With("weight is [4, 3] in the model", () =>
            Checkpoint.Load(_scratch["last"], wider, new Adam(wider.Parameters)));
    }

    static (Layer Model, Optimizer Optimizer) Start(string name)
    {
        var model = new Linear(3, 2);
        return (model, OptimizerCatalog.Parse(name, model.Parameters));
    }

    static void Train(Layer model, Optimizer optimizer, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            using var step = Tape.Begin();
            Tensor x = Tensor.Of<float>([i, 1, -2, 0.5f, i, 3], [2, 3]);
            model.Forward(x).CrossEntropy(Tensor.Of<int>([0, 1])).Backward();
            optimizer.Step();
        }
    }
}
