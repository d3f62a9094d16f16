namespace Hondo.Kernels;

/// <summary>
/// An optimizer's formula that remembers three numbers for each value, number by number. Mark every implementation
/// AggressiveInlining.
/// </summary>
public interface IUpdate3
{
    /// <summary>Changes the value w and what is remembered by the gradient g.</summary>
    void Apply<V>(ref V w, V g, ref V a, ref V b, ref V c) where V : struct, ILanes<V>;
}
