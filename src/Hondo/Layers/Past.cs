using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>
/// The steps of one sequence that a layer has read, some numbers of each. The tensors are the same in every step and
/// as long as the past can become, so that the tape can replay.
/// </summary>
public sealed class KeyValueCache
{
    readonly Leaf _values, _seen, _place;

    /// <summary>A past without steps.</summary>
    /// <param name="length">The most steps that it can hold.</param>
    /// <param name="numbers">Numbers kept of each step; 0 when only their count matters.</param>
    public KeyValueCache(int length, int numbers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        Length = length;
        _values = new Leaf([1, length, numbers], DType.Float32, "Past");
        _seen = new Leaf([1, length], DType.Int32);
        _place = new Leaf([1], DType.Int32);
        Clear();
    }

    /// <summary>The most steps that it can hold.</summary>
    public int Length { get; }

    /// <summary>How many steps it holds.</summary>
    public int Count { get; private set; }

    /// <summary>What was kept, [1, length, numbers]; zeros behind the last step.</summary>
    public Tensor Values => new(_values, 0);

    /// <summary>Int32 [1, length]: 1 for each step held.</summary>
    public Tensor Seen => new(_seen, 0);

    /// <summary>Int32 [1]: the place of the newest step, from 0.</summary>
    public Tensor Place => new(_place, 0);

    /// <summary>Adds a step.</summary>
    /// <param name="numbers">What to keep of it.</param>
    /// <exception cref="InvalidOperationException">It is full.</exception>
    public void Add(ReadOnlySpan<float> numbers)
    {
        if (Count == Length)
            throw new InvalidOperationException($"A past of {Length} steps is full: Clear it, or make a longer one.");
        numbers.CopyTo(_values.Value.As<float>().Slice(Count * numbers.Length, numbers.Length));
        _seen.Value.As<int>()[Count] = 1;
        _place.Value.As<int>()[0] = Count++;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _values.Value.Bytes.Clear();
        _seen.Value.Bytes.Clear();
        _place.Value.Bytes.Clear();
        Count = 0;
    }
}
