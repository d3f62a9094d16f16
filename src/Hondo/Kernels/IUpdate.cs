namespace Hondo.Kernels;

/// <summary>An optimizer's formula, number by number. Mark every implementation AggressiveInlining.</summary>
public interface IUpdate
{
    /// <summary>Changes the value w by the gradient g.</summary>
    void Apply<V>(ref V w, V g) where V : struct, ILanes<V>;
}
