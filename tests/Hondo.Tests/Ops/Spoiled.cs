using System.Numerics;
using Hondo.Tensors;

namespace Hondo.Tests.Ops;

/// <summary>y = a² b, with a mistake planted in the gradient of one operand.</summary>
readonly record struct Spoiled(Mistake Mistake, bool OfSecond) : IOp
{
    static string IOp.Name => "Spoiled";

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] = x[0][i] * x[0][i] * x[1][i];
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        int n = y.Shape[0];
        T two = T.One + T.One;
        for (int i = 0; i < y.Length; i++)
        {
            T da = two * x[0][i] * x[1][i] * dy[i], db = x[0][i] * x[0][i] * dy[i];
            T a = OfSecond ? da : Spoil(da, x[1][i] * dy[i], i), b = OfSecond ? Spoil(db, dy[i], i) : db;
            dx[0][OfSecond ? i : Place(i, n)] += a;
            if (OfSecond && Mistake == Mistake.OverwritesInsteadOfAdding)
                dx[1][i] = b;
            else
                dx[1][OfSecond ? Place(i, n) : i] += b;
            if (!OfSecond && Mistake == Mistake.OverwritesInsteadOfAdding)
                dx[0][i] = a;
        }
    }

    T Spoil<T>(T right, T term, int i) where T : unmanaged, IBinaryFloatingPointIeee754<T> => Mistake switch
    {
        Mistake.WrongSign => -right,
        Mistake.MissingFactor => right / (T.One + T.One),
        Mistake.MissingTerm => right - term,
        Mistake.SumInsteadOfMean => right * T.CreateChecked(9),
        Mistake.ForgotOneRow => i < 3 ? T.Zero : right,
        Mistake.NaN => i == 4 ? T.NaN : right,
        Mistake.SlightlyOff => right * T.CreateChecked(1.00001),
        _ => right,
    };

    int Place(int i, int n) => Mistake switch
    {
        Mistake.Transposed => i % n * n + i / n,
        Mistake.ShiftedByOne => (i + 1) % (n * n),
        _ => i,
    };
}
