#:property PublishAot=false
#:project ../src/Hondo.Onnx/Hondo.Onnx.csproj
// How fast a network is that came from an ONNX file, beside the same one built in C#: in turn, in one process.
//   dotnet run -c Release benchmarks/imported.cs -- [PAIRS]
using System.Diagnostics;
using System.Globalization;
using Hondo.Inference;
using Hondo.Layers;
using Hondo.Onnx;
using Hondo.Serialization;
using Hondo.Tensors;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int pairs = args.Length > 0 ? int.Parse(args[0]) : 100;
string file = Path.Combine(Environment.GetEnvironmentVariable("HONDO_DATA") ?? "", "imagenet/squeezenet1_0.onnx");
Layer imported = OnnxModel.LoadScores(file);
// The file's last convolution has a border, which the published network has not: built of the same text.
Layer native = ModelText.Parse(ModelText.Print(imported));
Tensor x = Tensor.RandomNormal([1, 227, 227, 3], seed: 1);
Console.WriteLine($"imported: {imported.Layers.Count} layers; native: {native.Layers.Count} layers");
Predictor[] both = [new(imported), new(native)];
double[][] times = [new double[pairs], new double[pairs]];
for (int i = -10; i < pairs; i++)
    for (int one = 0; one < 2; one++)
    {
        // Each begins as often as the other.
        int which = (one + i & 1) == 0 ? 0 : 1;
        long start = Stopwatch.GetTimestamp();
        both[which].Forward(x);
        if (i >= 0)
            times[which][i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
double[] medians = [.. times.Select(one => one.Order().ElementAt(pairs / 2))];
Console.WriteLine($"imported {medians[0]:0.00} ms, native {medians[1]:0.00} ms: native / imported "
    + $"{medians[1] / medians[0]:0.000} of {pairs} pairs");
