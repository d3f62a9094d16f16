using System.Diagnostics;
using System.Globalization;
using System.Text;
using Hondo.Training;

namespace Hondo.Cli.Output;

/// <summary>
/// The line at the bottom of a terminal that shows that something lives: what is being done and since when, then how
/// far a training is. A clock draws it five times a second and only reads what the training knows anyway: the training
/// does nothing for it.
/// </summary>
sealed class LiveBar : Callback, IDisposable
{
    const int BetweenDraws = 200, MostSparks = 12, WidestBar = 24;
    const string Erase = "\r\x1b[K", Sparks = "▁▂▃▄▅▆▇█", Spinner = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

    readonly Terminal _terminal;
    readonly Lock _lock = new();
    readonly Timer _timer;
    readonly List<double> _losses = [];
    string _doing;
    long _since = Stopwatch.GetTimestamp(), _firstStep, _firstTime;
    int _draws;
    bool _hasEnded;
    TrainingRun? _run;

    LiveBar(Terminal terminal, string doing)
    {
        (_terminal, _doing, Above) = (terminal, doing, new AboveBar(this));
        Draw();
        _timer = new(_ => Draw(), null, BetweenDraws, BetweenDraws);
    }

    /// <summary>Writes lines above the bar.</summary>
    public TextWriter Above { get; }

    /// <summary>Shows at once that something is done; null where nobody could see it.</summary>
    public static LiveBar? Start(Terminal terminal, string doing) =>
        terminal is { ShowsOutput: true, IsLive: true } ? new(terminal, doing) : null;

    /// <summary>Something else is done from now on.</summary>
    public void Say(string doing)
    {
        lock (_lock)
            (_doing, _since, _run) = (doing, Stopwatch.GetTimestamp(), null);
        Draw();
    }

    protected override void OnTrainBegin(TrainingRun run)
    {
        lock (_lock)
            (_run, _firstStep, _firstTime) = (run, run.Step, Stopwatch.GetTimestamp());
    }

    protected override void OnLastStep(TrainingRun run) => Say(Language.Say(
        "Measuring the best model, writing the report", "Midiendo el mejor modelo, escribiendo el informe"));

    void Draw()
    {
        lock (_lock)
        {
            if (_hasEnded)
                return;
            int width = Math.Max(20, _terminal.Width() - 1);
            string text = _run is { StepsPerEpoch: > 0 } run ? Training(run, width) : Doing(width);
            _draws++;
            _terminal.Out.Write(Erase + text);
            _terminal.Out.Flush();
        }
    }

    string Doing(int width)
    {
        double seconds = Stopwatch.GetElapsedTime(_since).TotalSeconds;
        string text = $"{Spinner[_draws % Spinner.Length]} {_doing}  "
            + (seconds < 1 ? "" : Time(seconds));
        return text.Length <= width ? text : text[..width];
    }

    string Training(TrainingRun run, int width)
    {
        long all = (long)run.Epochs * run.StepsPerEpoch, done = run.Step;
        double loss = run.Samples > 0 ? run.MeanLoss : double.NaN;
        if (double.IsFinite(loss))
            _losses.Add(loss);
        if (_losses.Count > MostSparks)
            _losses.RemoveAt(0);
        double seconds = Stopwatch.GetElapsedTime(_firstTime).TotalSeconds;
        double rate = (done - _firstStep) / Math.Max(1e-3, seconds);
        string epoch = string.Create(CultureInfo.InvariantCulture,
            $"{Language.Say("Epoch", "Época")} {Math.Max(1, run.Epoch)}/{run.Epochs}");
        // What matters least comes last and is left out first.
        string[] pieces =
        [
            string.Create(CultureInfo.InvariantCulture, $"{run.StepInEpoch}/{run.StepsPerEpoch}"),
            double.IsNaN(loss) ? "" : $"{Language.Say("loss", "pérdida")} {ScoreText.Of(loss)}",
            done > _firstStep ? Left(Time((all - done) / rate)) : "",
            done > _firstStep ? string.Create(CultureInfo.InvariantCulture,
                $"{rate * Math.Min(run.Trainer.BatchSize, run.Data.Train.Count):N0}/s") : "",
            string.Create(CultureInfo.InvariantCulture,
                $"{Language.Say("rate", "tasa")} {run.Optimizer.LearningRate:G3}"),
            Spark(),
        ];
        int bar = width < 80 ? 10 : WidestBar;
        var line = new StringBuilder($"{epoch} {Bar((double)run.StepInEpoch / run.StepsPerEpoch, bar)}");
        int room = width - epoch.Length - 1 - bar;
        foreach (string piece in pieces.Where(piece => piece.Length > 0))
            if (room >= piece.Length + 2)
            {
                line.Append("  ").Append(piece);
                room -= piece.Length + 2;
            }
        return line.ToString();
    }

    static string Left(string time) => Language.Say($"{time} left", $"quedan {time}");

    string Bar(double share, int width)
    {
        int full = (int)Math.Round(Math.Clamp(share, 0, 1) * width);
        string done = new('━', full), rest = new('─', width - full);
        return _terminal.HasColour ? $"\x1b[32m{done}\x1b[90m{rest}\x1b[0m" : done + rest;
    }

    string Spark()
    {
        if (_losses.Count < 2)
            return "";
        double low = _losses.Min(), extent = Math.Max(_losses.Max() - low, double.Epsilon);
        return string.Concat(_losses.Select(loss => Sparks[(int)Math.Min(7, (loss - low) / extent * 8)]));
    }

    static string Time(double seconds) => seconds switch
    {
        < 99.5 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 60}:{(int)seconds % 60:00} min"),
        < 1e7 => string.Create(CultureInfo.InvariantCulture, $"{(int)seconds / 3600}:{(int)seconds / 60 % 60:00} h"),
        _ => "long",
    };

    void WriteAbove(string text)
    {
        lock (_lock)
        {
            _terminal.Out.Write(_hasEnded ? text : Erase + text);
            if (_hasEnded)
                return;
        }
        Draw();
    }

    /// <summary>Takes the bar away.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_hasEnded)
                return;
            _hasEnded = true;
            _terminal.Out.Write(Erase);
            _terminal.Out.Flush();
        }
        _timer.Dispose();
    }

    // Whole lines only: a half one would be written over by the bar.
    sealed class AboveBar(LiveBar bar) : TextWriter(CultureInfo.InvariantCulture)
    {
        readonly StringBuilder _line = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            lock (_line)
            {
                _line.Append(value);
                if (value != '\n')
                    return;
                bar.WriteAbove(_line.ToString());
                _line.Clear();
            }
        }
    }
}
