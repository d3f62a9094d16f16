namespace Hondo.Benchmarks;

/// <summary>A benchmark's parameter that says how much there is to do.</summary>
public interface IElements
{
    /// <summary>How many elements.</summary>
    double Elements { get; }

    /// <summary>Multiply-adds, where not only these or only the bytes may be the limit; else 0.</summary>
    double MultiplyAdds => 0;
}
