namespace Hondo.Data;

/// <summary>What is to be predicted for each sample: a class, or numbers.</summary>
public abstract class Targets
{
    private protected Targets(int count) => Count = count;

    /// <summary>How many samples have a target.</summary>
    public int Count { get; }
}
