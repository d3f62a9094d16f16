namespace Hondo.Tensors;

/// <summary>The identity, whose result keeps its gradient: an input that one wants to differentiate by.</summary>
/// <param name="Label">What drawings call it.</param>
readonly record struct Watch(string Label) : IOp
{
    static string IOp.Name => "Watch";

    static bool IOp.StartsGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y) => x[0].Data.CopyTo(y.Data);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        View<T> into = dx[0];
        if (into.IsNeeded)
            for (int i = 0; i < into.Length; i++)
                into[i] += dy[i];
    }
}
