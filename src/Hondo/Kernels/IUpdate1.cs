namespace Hondo.Kernels;

/// <summary>
/// An optimizer's formula that remembers one number for each value, number by number. Mark every implementation
/// AggressiveInlining.
/// </summary>
public interface IUpdate1
{
    /// <summary>Changes the value w and what is remembered by the gradient g.</summary>
    void Apply<V>(ref V w, V g, ref V a) where V : struct, ILanes<V>;
}
