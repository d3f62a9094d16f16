using System.Diagnostics;
using Hondo.Training;

namespace Hondo.Watching;

/// <summary>
/// Changes every few steps what the next ones are trained with, and measures them. Short pieces lie close together:
/// what the machine does by itself in the course of seconds meets both kinds alike.
/// </summary>
sealed class Turns(Session session, Attackers? attackers, double seconds) : Callback
{
    const int WarmUp = 1000;

    // A thousand connections are not made and taken away in the course of 20 steps.
    readonly int _steps = attackers is null ? 67 : 120, _leadIn = attackers is null ? 0 : 50;

    readonly (Kind A, Kind B)[] _pairs = attackers is null
        ? [(Kind.Bare, Kind.Watched), (Kind.Bare, Kind.Twin)]
        : [(Kind.Watched, Kind.Attacked)];

    readonly long _start = Stopwatch.GetTimestamp();
    readonly List<Piece> _pieces = new(100_000);
    readonly Random _random = new();
    readonly Piece[] _block = new Piece[4];
    int _blocks, _place, _toGo, _rounds;
    bool _isLeading, _isSpoilt, _isTurned;
    string _newest = "";
    Kind _kind;
    long _began;
    TimeSpan _processor;

    /// <summary>Whole blocks of pieces.</summary>
    public IReadOnlyList<Piece> Pieces => _pieces;

    /// <summary>How long an epoch takes that nobody watches.</summary>
    public double EpochSeconds { get; private set; }

    protected override void OnTrainBegin(TrainingRun run) => run.Afterwards(run =>
    {
        session.Open();
        Prepare();
        _toGo = WarmUp;
    });

    protected override void OnStepEnd(TrainingRun run)
    {
        if (--_toGo == 0)
            run.Afterwards(Turn);
    }

    void Turn(TrainingRun run)
    {
        if (_isLeading)
        {
            Begin();
            return;
        }
        double time = Stopwatch.GetElapsedTime(_began).TotalSeconds;
        double processor = (Environment.CpuUsage.TotalTime - _processor).TotalSeconds;
        if (run.Step >= WarmUp + _steps)
            Add(new(_blocks, _kind, time, processor, session.Rounds - _rounds));
        if (_place > 0 || Stopwatch.GetElapsedTime(_start).TotalSeconds < seconds)
            Prepare();
        else
            End(run);
    }

    void Add(Piece piece)
    {
        // What a checkpoint costs is measured apart: its piece, and the next one with empty caches, are trained again.
        string newest = session.NewestCheckpoint;
        _isSpoilt = newest != _newest;
        _newest = newest;
        if (_isSpoilt)
            return;
        _block[_place++] = piece;
        if (_place < _block.Length)
            return;
        _pieces.AddRange(_block);
        _place = 0;
        _blocks++;
    }

    void Prepare()
    {
        (Kind a, Kind b) = _pairs[_blocks % _pairs.Length];
        // A B B A or B A A B, by chance: what the machine does at regular times must not find one of them.
        if (_place == 0)
            _isTurned = _random.Next(2) == 1;
        if (_isTurned)
            (a, b) = (b, a);
        _kind = _place is 0 or 3 ? a : b;
        session.Watch(_kind is Kind.Watched or Kind.Attacked, this);
        if (_kind == Kind.Attacked)
            attackers!.Attack();
        else
            attackers?.Rest();
        _toGo = _isSpoilt ? _steps : _leadIn;
        (_isLeading, _isSpoilt) = (_toGo > 0, false);
        if (!_isLeading)
            Begin();
    }

    void Begin()
    {
        (_isLeading, _toGo, _rounds) = (false, _steps, session.Rounds);
        (_began, _processor) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
    }

    void End(TrainingRun run)
    {
        attackers?.Rest();
        IEnumerable<double> bare = _pieces.Where(piece => piece.Kind == _pairs[0].A).Select(piece => piece.Seconds);
        EpochSeconds = bare.DefaultIfEmpty().Average() / _steps * run.StepsPerEpoch;
        session.MeasureSaving(run, this);
        run.Stop("measured");
    }
}
