namespace Hondo.Race;

/// <summary>Training, beside PyTorch.</summary>
static class TrainingRace
{
    /// <summary>All workloads.</summary>
    public static readonly string[] Workloads = ["softmax_mnist", "mlp_mnist", "lenet5_mnist", "keras_cnn_mnist",
        "bn_cnn_mnist", "resnet20_synthetic", "xor_tiny", "iris_tiny", "char_lstm_128", "char_lstm_512",
        "char_gru_128", "gpt_small"];

    /// <summary>Runs all sides in turn and reports.</summary>
    public static void Run(RaceOptions options)
    {
        Console.WriteLine($"{Figures.Processor()}, {options.Threads} threads, {options.Rounds} rounds");
        foreach (string workload in options.Workloads)
        {
            var hondo = new List<Lap>();
            var contender = Contender.Hondo(workload, options);
            var peers = Peers(workload, options).ToDictionary(peer => peer, _ => new List<Lap>());
            for (int round = 0; round < options.Rounds; round++)
            {
                hondo.Add(Lap.Read(contender.Run(options)));
                foreach (var (peer, laps) in peers)
                    laps.Add(Lap.Read(peer.Run(options)));
            }
            Report(workload, hondo, peers.ToDictionary(p => p.Key.Name, p => p.Value), options);
        }
    }

    static IEnumerable<Contender> Peers(string workload, RaceOptions options)
    {
        string[] images = IsOfImages(workload) ? ["--channels-last"] : [];
        string[] script = [.. Script(workload, options), .. images];
        // PyTorch has no fused RMSProp, by which recurrent networks learn the characters.
        string fastest = workload.StartsWith("char", StringComparison.Ordinal) ? "foreach" : "fused";
        if (options.Peer is { } folder)
            yield return Contender.PyTorch("PyTorch 2.14, optimizer fused or foreach", folder,
                [Within(folder, script[0]), .. script[1..], "--opt", fastest], options);
        if (options.Own || options.Peer is null)
            yield return Contender.PyTorch("PyTorch 1.13, the machine's own", "/", script, options);
        if (options is { Peer: { } debian, TorchSharp: { } program })
            yield return Contender.TorchSharp(workload, debian, program, options);
    }

    // A script of our own does not lie among those that the newer PyTorch's folder mounts: it gets a copy.
    static string Within(string folder, string script)
    {
        if (!Path.IsPathRooted(script))
            return script;
        string name = Path.GetFileName(script);
        File.Copy(script, Path.Combine(folder, "tmp", name), overwrite: true);
        return $"/tmp/{name}";
    }

    static bool IsOfImages(string workload) =>
        new[] { "cnn", "lenet", "resnet" }.Any(name => workload.Contains(name, StringComparison.Ordinal));

    static string[] Script(string workload, RaceOptions options) => workload switch
    {
        "char_lstm_128" => ["char_rnn.py", "--cell", "lstm", "--hidden", "128"],
        "char_lstm_512" => ["char_rnn.py", "--cell", "lstm", "--hidden", "512"],
        "char_gru_128" => ["char_rnn.py", "--cell", "gru", "--hidden", "128"],
        "gpt_small" => [Path.Combine(options.Home, "benchmarks", "gpt_small.py")],
        _ => [workload + ".py"],
    };

    static void Report(string workload, List<Lap> hondo, Dictionary<string, List<Lap>> peers, RaceOptions options)
    {
        static double Speed(List<Lap> laps) => Figures.Median(laps.Select(lap => lap.Speed));
        double[] Ratios(string peer) => [.. hondo.Zip(peers[peer], (h, p) => h.Speed / p.Speed).Order()];
        string best = peers.Where(p => p.Key != "TorchSharp").MaxBy(p => Speed(p.Value)).Key;
        double[] ratios = Ratios(best);
        double? sharp = peers.ContainsKey("TorchSharp") ? Figures.Median(Ratios("TorchSharp")) : null;
        double ratio = Figures.Median(ratios), ours = Speed(hondo), theirs = Speed(peers[best]);
        double memory = hondo.Max(lap => lap.Megabytes), theirMemory = peers[best].Max(lap => lap.Megabytes);
        Console.WriteLine($"{workload,-20} {ours,12:F0} ÷ {theirs,10:F0}"
            + $" = {ratio:F2}  ({ratios[0]:F2}–{ratios[^1]:F2})"
            + $"  against {best}{(sharp is { } times ? $", {times:F2} against TorchSharp" : "")}"
            + $"; memory {memory:F0} ÷ {theirMemory:F0} MB");
        Figures.Save(options, workload, new()
        {
            ["hondo_per_s"] = Math.Round(ours, 1),
            ["pytorch_per_s"] = Math.Round(theirs, 1),
            ["pytorch"] = best,
            ["ratio"] = Math.Round(ratio, 3),
            ["ratio_min"] = Math.Round(ratios[0], 3),
            ["ratio_max"] = Math.Round(ratios[^1], 3),
            ["ratio_torchsharp"] = sharp is { } known ? Math.Round(known, 3) : null,
            ["hondo_final_loss"] = hondo[^1].Loss,
            ["pytorch_final_loss"] = peers[best][^1].Loss,
            ["hondo_peak_mb"] = memory,
            ["pytorch_peak_mb"] = theirMemory,
            ["others"] = peers.Where(p => p.Key != best).ToDictionary(p => p.Key, p => Speed(p.Value)),
        });
    }
}
