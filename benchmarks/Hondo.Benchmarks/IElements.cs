namespace Hondo.Benchmarks;

/// <summary>A benchmark's parameter that says how much there is to do.</summary>
public interface IElements
{
    /// <summary>How many elements.</summary>
    double Elements { get; }
}
