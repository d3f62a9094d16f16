using Hondo.Kernels;

namespace Hondo.Layers;

/// <summary>What a Neural Turing Machine's heads looked at and what its memory held, step by step.</summary>
public sealed class NtmTrace
{
    readonly NtmSizes _sizes;
    readonly float[] _weights, _memory;

    internal NtmTrace(NtmSizes sizes, ReadOnlySpan<float> weights, ReadOnlySpan<float> memory) =>
        (_sizes, _weights, _memory) = (sizes, weights.ToArray(), memory.ToArray());

    /// <summary>Steps of the sequence.</summary>
    public int Steps => _sizes.Steps;

    /// <summary>Reading heads, which come first.</summary>
    public int Reads => _sizes.Reads;

    /// <summary>Writing heads.</summary>
    public int Writes => _sizes.Writes;

    /// <summary>Places of the memory.</summary>
    public int Rows => _sizes.Rows;

    /// <summary>Numbers of a place.</summary>
    public int Width => _sizes.Width;

    /// <summary>How much a head looks at a place, a share of 1.</summary>
    public float Weight(int step, int head, int place) => _weights[((step + 1) * _sizes.Heads + head) * Rows + place];

    /// <summary>A number of a place after a step.</summary>
    public float Cell(int step, int place, int number) => _memory[(step + 1) * _sizes.Memory + number * Rows + place];
}
