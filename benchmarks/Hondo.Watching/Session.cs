using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Hondo.Dashboard;
using Hondo.Data;
using Hondo.Layers;
using Hondo.Losses;
using Hondo.Optimizers;
using Hondo.Serialization;
using Hondo.Training;

namespace Hondo.Watching;

/// <summary>One training, all that can watch it, and a client of its dashboard.</summary>
sealed class Session : IAsyncDisposable
{
    // The recipe's for MNIST.
    const int UsualEpochs = 3, Times = 5;

    readonly string _root;
    readonly HttpClient _client = new();
    readonly DashboardServer _server;
    readonly RunFolder _folder;
    readonly RunReport _report;
    readonly Callback[] _watchers;
    // The trainer looks at this list at each moment: what is not in it costs nothing.
    readonly List<Callback> _callbacks;
    readonly string _id;
    LiveClient? _live;
    double _checkpoint, _model;

    Session(DashboardServer server, string root)
    {
        (_server, _root) = (server, root);
        _folder = new(Path.Combine(root, "run"), new("run", "benchmark"), "{}", new());
        var steering = new Steering(_folder);
        server.Watch(_folder.Path, steering);
        // A run's id, by which the page asks for it.
        _id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_folder.Path)))[..16];
        _report = new(_folder.Path);
        _watchers = [new Progress(), new Diagnosis(), _folder, steering, _report, new TensorBoardLog(_folder.Path)];
        _callbacks = [.. _watchers];
    }

    /// <summary>The address of the dashboard, with its token.</summary>
    public Uri Address => _server.Address;

    /// <summary>The name of the newest checkpoint.</summary>
    public string NewestCheckpoint => Directory.GetDirectories(RunFolder.CheckpointsOf(_folder.Path)).Max() ?? "";

    /// <summary>Starts the dashboard.</summary>
    public static async Task<Session> StartAsync()
    {
        string root = Directory.CreateTempSubdirectory("hondo-cost-").FullName;
        var session = new Session(await DashboardServer.StartAsync(new(root)), root);
        await session._client.GetStringAsync(session.Address);
        return session;
    }

    /// <summary>Trains until the turns stop it.</summary>
    public void Train(Turns turns)
    {
        // Epochs as long as MNIST's: what is done once an epoch counts as much as it does there.
        string mnist = Path.Combine(Environment.GetEnvironmentVariable("HONDO_DATA") ?? "", "mnist");
        var data = new DataSplits((Directory.Exists(mnist) ? Datasets.Mnist(mnist) : Datasets.Digits()).Train);
        var model = new Sequential(new Flatten(), new Linear(784, 512), new Relu(), new Dropout(0.2),
            new Linear(512, 512), new Relu(), new Dropout(0.2), new Linear(512, 10));
        model.Initialize(1);
        _callbacks.Add(turns);
        new Trainer(model, new CrossEntropy(), new Adam(model.Parameters))
        {
            Epochs = 100_000,
            Callbacks = _callbacks,
        }.Fit(data);
    }

    /// <summary>How many messages of the live stream have come.</summary>
    public int Rounds => _live!.Rounds;

    /// <summary>A client begins to read the live stream.</summary>
    public void Open() => _live = LiveClient.Open(_client, new(Address, $"/api/stream?runs={_id}"));

    /// <summary>From now on the training is watched, or not.</summary>
    public void Watch(bool isWatched, Turns turns)
    {
        _callbacks.Clear();
        if (isWatched)
            _callbacks.AddRange(_watchers);
        _callbacks.Add(turns);
    }

    /// <summary>Times what is saved, between two steps.</summary>
    public void MeasureSaving(TrainingRun run, Turns turns)
    {
        _live!.Dispose();
        Watch(true, turns);
        _checkpoint = Milliseconds(() => _folder.Checkpoint(run));
        _model = Milliseconds(() => ModelFile.Save(run.Model, _folder.BestModel));
    }

    /// <summary>Prints what is saved, and what part of a training of the usual length that is.</summary>
    public void PrintSaving(double epochSeconds)
    {
        double report = Milliseconds(() => _report.Write()), whole = UsualEpochs * epochSeconds * 1000;
        Console.WriteLine($"not in the above: checkpoint {_checkpoint:F1} ms, best model {_model:F1} ms, report "
            + $"{report:F1} ms (medians of {Times}; an epoch {epochSeconds:F3} s)");
        // The first finds out whether the place can hold one; those of epochs take at most a hundredth of the time.
        double once = 2 * _checkpoint + _model;
        Console.WriteLine($"a training of {UsualEpochs} epochs: checkpoints of its begin and end with the best model "
            + $"{100 * once / whole:F2} %, the report {100 * report / whole:F2} %; of 30 epochs "
            + $"{10 * once / whole:F2} % and those in between, at most 1 %; {10 * report / whole:F2} %");
    }

    static double Milliseconds(Action act) => Verdict.Median([.. Enumerable.Range(0, Times).Select(_ =>
    {
        long begin = Stopwatch.GetTimestamp();
        act();
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    })]);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _client.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
