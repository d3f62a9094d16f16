namespace Hondo.Benchmarks;

/// <summary>What a benchmark does for each element of its parameter (<see cref="IElements"/>).</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class WorkAttribute : Attribute
{
    /// <summary>Floating-point operations; a multiply-add is 2.</summary>
    public double Flops { get; init; }

    /// <summary>Bytes read and written.</summary>
    public double Bytes { get; init; }
}
