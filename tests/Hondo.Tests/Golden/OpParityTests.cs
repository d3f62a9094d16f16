using System.Text.Json;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Golden;

/// <summary>Ops in float32 against PyTorch in double precision: results and gradients.</summary>
public sealed class OpParityTests
{
    static readonly string[] Groups = ["elementwise", "reduction", "linalg", "shape", "loss", "pool", "norm", "conv"];

    /// <summary>Cases whose ops come with later parts of the library.</summary>
    static readonly Dictionary<string, string> Later = new()
    {
        ["shape/unfold"] = "im2col comes with the convolutions, which do not need it",
    };

    public static TheoryData<string> Names => ParityFile.Folder is null
        ? []
        : [.. Groups.SelectMany(ParityFile.Names)
            .Where(name => !Later.ContainsKey(name) && ParityFile.Case(name).Op != "batch_norm")];

    [ParityTheory, MemberData(nameof(Names))]
    public void Results_and_gradients_are_those_of_PyTorch(string name)
    {
        ParityCase @case = ParityFile.Case(name);
        JsonElement json = @case.Json;
        var parameters = json.GetProperty("grads").EnumerateObject().ToDictionary(g => g.Name,
            g => Parameter.Of(@case.Tensor("inputs", g.Name).ToTensor().To(DType.Float32)));
        using var step = new Tape().Open(new StepInfo(Mode.Training, 1, 1));
        Tensor[] results = OpParityRules.Compute(new OpParityCase(@case, parameters));
        string[] keys = [.. json.GetProperty("outputs").EnumerateObject().Select(o => o.Name)
            .Where(key => key != "indices" || @case.Op != "max_pool2d")];
        Assert.Equal(keys.Length, results.Length);
        Tensor loss = Tensor.Scalar(0f);
        bool hasGradient = false;
        for (int i = 0; i < keys.Length; i++)
        {
            Compare(keys[i], @case.Tensor("outputs", keys[i]), results[i], json, "out");
            if (!@case.Has("gouts", keys[i]) || !results[i].Node.NeedsGradient)
                continue;
            loss += (results[i] * @case.Tensor("gouts", keys[i]).ToTensor().To(DType.Float32)).Sum();
            hasGradient = true;
        }
        if (hasGradient)
            loss.Backward();
        foreach ((string key, Parameter parameter) in parameters)
            Compare($"gradient of {key}", @case.Tensor("grads", key), parameter.Gradient, json, "grad");
    }

    static void Compare(string what, ParityTensor expected, Tensor actual, JsonElement json, string kind)
    {
        double bound = Math.Max(1e-5, 10 * json.GetProperty("torch_f32").GetProperty(kind).GetDouble());
        Assert.True(expected.Shape == actual.Shape, $"{what}: {actual.Shape} instead of {expected.Shape}");
        double[] numbers = actual.ToArray<double>();
        for (int i = 0; i < numbers.Length; i++)
        {
            double allowed = Math.Max(bound, 1e-4 * Math.Abs(expected.Values[i]));
            Assert.True(Math.Abs(numbers[i] - expected.Values[i]) <= allowed || numbers[i].Equals(expected.Values[i]),
                $"{what}, number {i}: {numbers[i]:R} instead of {expected.Values[i]:R}, {allowed:g2} allowed");
        }
    }
}
