namespace Hondo.Race;

/// <summary>Models that are only used, weights random: milliseconds a call, beside PyTorch and ONNX Runtime.</summary>
static class InferenceRace
{
    /// <summary>All workloads.</summary>
    public static readonly string[] Workloads = ["infer_lenet5_b1", "infer_lenet5_b128", "infer_keras_cnn_b1",
        "infer_keras_cnn_b128", "infer_resnet20_b1", "infer_resnet20_b128", "infer_squeezenet_b1"];

    /// <summary>Runs all sides in turn and reports.</summary>
    public static void Run(RaceOptions options)
    {
        Console.WriteLine($"{"milliseconds a call",-22}{"Hondo",10}{"PyTorch",10}{"ratio",7}{"ONNX RT",10}{"ratio",7}"
            + $"   {options.Threads} threads, {options.Rounds} rounds");
        foreach (string workload in options.Workloads)
        {
            Contender[] contenders = [.. Contenders(workload, options)];
            var times = contenders.ToDictionary(contender => contender, _ => new List<double>());
            for (int round = 0; round < options.Rounds; round++)
                foreach (var (contender, list) in times)
                    if (Milliseconds(contender, options) is { } time)
                        list.Add(time);
                    else
                        times.Remove(contender);
            Report(workload, times.ToDictionary(t => t.Key.Name, t => Figures.Median(t.Value)), options);
        }
    }

    // Not every peer has every model: an old PyTorch without torchvision has no SqueezeNet.
    static double? Milliseconds(Contender contender, RaceOptions options)
    {
        try
        {
            return contender.Run(options).GetProperty("ms_per_step").GetDouble();
        }
        catch (InvalidOperationException failure) when (contender.Name != "Hondo")
        {
            Console.Error.WriteLine($"{contender.Name} is left out: {failure.Message.TrimEnd().Split('\n')[^1]}");
            return null;
        }
    }

    static IEnumerable<Contender> Contenders(string workload, RaceOptions options)
    {
        string[] parts = workload["infer_".Length..].Split("_b");
        string[] call = ["infer.py", "--model", parts[0], "--batch", parts[1], "--channels-last", "--mode", "jit"];
        yield return Contender.Hondo(workload, options);
        if (options.Peer is { } peer)
            yield return Contender.PyTorch("PyTorch 2.14", peer, call, options);
        if (Directory.Exists("/usr/lib/python3/dist-packages/torch"))
            yield return Contender.PyTorch("PyTorch 1.13", "/", call, options);
        if (options.Onnx is { } onnx && File.Exists(Path.Combine(onnx, "onnx", $"{parts[0]}.onnx")))
            yield return new("ONNX Runtime", "node",
                [Path.Combine(onnx, "infer.js"), Path.Combine(onnx, "onnx"), .. parts, $"{options.Threads}"]);
    }

    static void Report(string workload, Dictionary<string, double> times, RaceOptions options)
    {
        double ours = times["Hondo"];
        double? onnx = times.TryGetValue("ONNX Runtime", out double time) ? time : null;
        double? pytorch = times.Where(t => t.Key.StartsWith("PyTorch", StringComparison.Ordinal))
            .Min(t => (double?)t.Value);
        Console.WriteLine(
            $"{workload,-22}{ours,10:F4}{pytorch,10:F4}{pytorch / ours,7:F2}{onnx,10:F4}{onnx / ours,7:F2}");
        Figures.Save(options, workload, new()
        {
            ["hondo_ms"] = ours,
            ["pytorch_ms"] = pytorch,
            ["onnxruntime_ms"] = onnx,
            ["to_pytorch"] = Rounded(pytorch / ours),
            ["to_onnxruntime"] = Rounded(onnx / ours),
        });
    }

    static double? Rounded(double? ratio) => ratio is { } number ? Math.Round(number, 3) : null;
}
