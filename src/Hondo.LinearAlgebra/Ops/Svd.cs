using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// A = U·diag(s)·Vᵀ for each matrix of a batch, thin: k = min(m, n). The result holds U, s and V one below the other
/// [.., m, n] → [.., m + 1 + n, k]
/// dA = (U·C + (I − U·Uᵀ)·dU·S⁻¹)·Vᵀ + U·S⁻¹·((I − V·Vᵀ)·dV)ᵀ with C = diag(ds) + (F ∘ (Uᵀ·dU − dUᵀ·U))·S
/// + S·(F ∘ (Vᵀ·dV − dVᵀ·V)), Fᵢⱼ = 1 / (sⱼ² − sᵢ²) (Townsend 2016, "Differentiating the singular value decomposition")
/// </summary>
readonly record struct SvdOp : IOp, IDifferencedOp
{
    static string IOp.Name => "Svd";

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0].Rank >= 2
        ? [.. x[0].AsSpan()[..^2], x[0][^2] + 1 + x[0][^1], Math.Min(x[0][^2], x[0][^1])]
        : throw ShapeException.For<SvdOp>(x, "it takes matrices [.., m, n]");

    void IOp.Forward<T>(Operands<T> x, View<T> y)
    {
        (int m, int n, int k, int rows) = Sizes(x[0].Shape);
        bool isWide = m < n;
        int tall = Math.Max(m, n);
        using var room = new MatrixRoom(m * n + k + k * k);
        Span<double> a = room.Take(m * n), s = room.Take(k), v = room.Take(k * k);
        for (int i = 0; i < SquareMatrices.Count(y.Shape); i++)
        {
            // Of a wide matrix the transpose is taken: Aᵀ = V·diag(s)·Uᵀ.
            Dense.Read<T>(x[0].Data.Slice(i * m * n, m * n), a, m, n, isWide);
            if (!SingularValues.Decompose(a, s, v, tall))
                throw new ArgumentException($"Svd: matrix {i} of {x[0].Shape} holds a number that is not finite.");
            Span<T> result = y.Data.Slice(i * rows * k, rows * k);
            Dense.Write<T>(isWide ? v : a, result[..(m * k)], adds: false);
            Dense.Write<T>(s, result.Slice(m * k, k), adds: false);
            Dense.Write<T>(isWide ? a : v, result[((m + 1) * k)..], adds: false);
        }
    }

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        if (!dx[0].IsNeeded)
            return;
        (int m, int n, int k, int rows) = Sizes(x[0].Shape);
        using var room = new MatrixRoom(2 * rows * k + 2 * k * k + (2 * m + n) * k + m * n);
        Span<double> result = room.Take(rows * k), upstream = room.Take(rows * k), core = room.Take(k * k);
        Span<double> product = room.Take(k * k), left = room.Take(m * k), right = room.Take(n * k);
        Span<double> turned = room.Take(m * k), da = room.Take(m * n);
        for (int i = 0; i < SquareMatrices.Count(y.Shape); i++)
        {
            Dense.Read<T>(y.Data.Slice(i * rows * k, rows * k), result, rows, k);
            Dense.Read<T>(dy.Data.Slice(i * rows * k, rows * k), upstream, rows, k);
            ReadOnlySpan<double> u = result[..(m * k)], s = result.Slice(m * k, k), v = result[((m + 1) * k)..];
            for (int j = 0; j < k * k; j++)
                core[j] = j / k == j % k ? upstream[m * k + j % k] : 0;
            Rotation(u, upstream[..(m * k)], product, (k, k, m));
            for (int j = 0; j < k * k; j++)
                core[j] += Turn(product, s, j) * s[j % k];
            Outside(u, upstream[..(m * k)], product, s, left, m);
            Rotation(v, upstream[((m + 1) * k)..], product, (k, k, n));
            for (int j = 0; j < k * k; j++)
                core[j] += Turn(product, s, j) * s[j / k];
            Outside(v, upstream[((m + 1) * k)..], product, s, right, n);
            Dense.Multiply(u, false, core, false, turned, (m, k, k));
            for (int j = 0; j < m * k; j++)
                left[j] += turned[j];
            Dense.Multiply(left, false, v, true, da, (m, n, k));
            Dense.Write(da, dx[0].Data.Slice(i * m * n, m * n), adds: true);
            Dense.Multiply(u, false, right, true, da, (m, n, k));
            Dense.Write(da, dx[0].Data.Slice(i * m * n, m * n), adds: true);
        }
    }

    static (int M, int N, int K, int Rows) Sizes(Shape x) =>
        (x[^2], x[^1], Math.Min(x[^2], x[^1]), x[^2] + 1 + x[^1]);

    static void Rotation(ReadOnlySpan<double> u, ReadOnlySpan<double> du, Span<double> product,
        (int, int, int) size) => Dense.Multiply(u, true, du, false, product, size);

    // Fᵢⱼ · (Mᵢⱼ − Mⱼᵢ)
    static double Turn(ReadOnlySpan<double> product, ReadOnlySpan<double> s, int place)
    {
        int k = s.Length, i = place / k, j = place % k;
        double skew = i == j ? 0 : product[place] - product[j * k + i], apart = s[j] * s[j] - s[i] * s[i];
        return skew == 0 ? 0
            : apart != 0 ? skew / apart
            : throw new InvalidOperationException($"The gradient of singular vectors does not exist where two singular "
                + $"values are equal ({s[i]}): any rotation of the two vectors is as good. The values' own gradient "
                + "exists.");
    }

    // (I − U·Uᵀ)·dU·S⁻¹: what leaves the space of the columns.
    static void Outside(ReadOnlySpan<double> u, ReadOnlySpan<double> du, ReadOnlySpan<double> product,
        ReadOnlySpan<double> s, Span<double> rest, int rows)
    {
        int k = s.Length;
        rest.Clear();
        if (rows == k)
            return;
        Dense.Multiply(u, false, product, false, rest, (rows, k, k));
        for (int i = 0; i < rest.Length; i++)
        {
            double outside = du[i] - rest[i];
            rest[i] = outside == 0 ? 0
                : s[i % k] > 0 ? outside / s[i % k]
                : throw new InvalidOperationException("The gradient of a singular vector does not exist where its "
                    + "singular value is 0: the vector is no function of the matrix.");
        }
    }
}

public static partial class MatrixExtensions
{
    extension(Tensor x)
    {
        /// <summary>
        /// The singular value decomposition A = U·diag(S)·Vᵀ, thin, with k = min(m, n)
        /// [.., m, n] → U [.., m, k], S [.., k], V [.., n, k]
        /// The singular values fall; the largest number of each column of U (of V for a wide matrix) is positive.
        /// </summary>
        /// <exception cref="ArgumentException">A number is not finite.</exception>
        public (Tensor U, Tensor S, Tensor V) Svd()
        {
            Tensor packed = Tape.Apply(new SvdOp(), x);
            int m = x.Shape[^2];
            return (packed.SliceAxis(-2, ..m), packed.SliceAxis(-2, m), packed.SliceAxis(-2, (m + 1)..));
        }
    }
}
