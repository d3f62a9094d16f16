namespace Hondo.Tensors;

/// <summary>The recordings of a tape: one for each beginning of a step.</summary>
sealed class Recordings(Tape tape, CommonMemory memory)
{
    const int Most = 16;

    readonly List<Recording> _all = [];

    /// <summary>The recording that starts with an op on operands, or a new one.</summary>
    public Recording Choose<TOp>(Mode mode, in TOp op, ReadOnlySpan<Node> operands)
        where TOp : struct, IOp, IEquatable<TOp>
    {
        foreach (Recording recording in _all)
            if (recording.Mode == mode && recording.StartsWith(op, operands))
                return recording.Rewound();
        return Add(mode);
    }

    /// <summary>The recording that starts with such an input, or a new one.</summary>
    public Recording Choose(Mode mode, Shape shape, DType type)
    {
        foreach (Recording recording in _all)
            if (recording.Mode == mode && recording.StartsWithInput(shape, type))
                return recording.Rewound();
        return Add(mode);
    }

    Recording Add(Mode mode)
    {
        if (_all.Count == Most)
            _all.RemoveAt(0);
        var recording = new Recording(tape, new(memory), mode);
        _all.Add(recording);
        return recording;
    }
}
