namespace Hondo.Kernels;

/// <summary>
/// The two factorizations that solve equations, of one row-major matrix [n, n] in float64: LU with partial pivoting and
/// Cholesky (Golub and Van Loan, Matrix Computations, 4th edition, algorithms 3.4.1 and 4.2.1).
/// </summary>
static class TriangularFactors
{
    /// <summary>
    /// P·A = L·U in place: U on and above the diagonal, L below it, whose own diagonal is 1. False when A is singular.
    /// </summary>
    /// <param name="a">A, then L and U.</param>
    /// <param name="order">The row of A that became row i.</param>
    public static bool Lu(Span<double> a, Span<int> order)
    {
        int n = order.Length;
        for (int i = 0; i < n; i++)
            order[i] = i;
        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < n; i++)
                if (Math.Abs(a[i * n + k]) > Math.Abs(a[pivot * n + k]))
                    pivot = i;
            if (!(Math.Abs(a[pivot * n + k]) > 0))
                return false;
            if (pivot != k)
            {
                (order[k], order[pivot]) = (order[pivot], order[k]);
                for (int j = 0; j < n; j++)
                    (a[k * n + j], a[pivot * n + j]) = (a[pivot * n + j], a[k * n + j]);
            }
            for (int i = k + 1; i < n; i++)
            {
                double factor = a[i * n + k] /= a[k * n + k];
                for (int j = k + 1; j < n; j++)
                    a[i * n + j] -= factor * a[k * n + j];
            }
        }
        return true;
    }

    /// <summary>X of A·X = B from A's factors      b, x [n, columns]</summary>
    public static void Solve(ReadOnlySpan<double> factors, ReadOnlySpan<int> order, ReadOnlySpan<double> b,
        Span<double> x, int columns)
    {
        int n = order.Length;
        for (int i = 0; i < n; i++)
            b.Slice(order[i] * columns, columns).CopyTo(x[(i * columns)..]);
        for (int i = 0; i < n; i++)
            for (int k = 0; k < i; k++)
                Subtract(x, i, k, factors[i * n + k], columns);
        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++)
                Subtract(x, i, k, factors[i * n + k], columns);
            for (int j = 0; j < columns; j++)
                x[i * columns + j] /= factors[i * n + i];
        }
    }

    /// <summary>L of A = L·Lᵀ, 0 above the diagonal. False when A is not positive definite.</summary>
    /// <param name="a">A, of which the part below the diagonal and on it is read.</param>
    /// <param name="l">L.</param>
    /// <param name="n">Rows and columns.</param>
    public static bool Cholesky(ReadOnlySpan<double> a, Span<double> l, int n)
    {
        l.Clear();
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++)
            {
                double rest = a[i * n + j];
                for (int k = 0; k < j; k++)
                    rest -= l[i * n + k] * l[j * n + k];
                if (i == j && !(rest > 0))
                    return false;
                l[i * n + j] = i == j ? Math.Sqrt(rest) : rest / l[j * n + j];
            }
        return true;
    }

    /// <summary>X = L⁻ᵀ·B in place, by back substitution      l [n, n], b [n, columns]</summary>
    public static void SolveTransposed(ReadOnlySpan<double> l, Span<double> b, int n, int columns)
    {
        for (int i = n - 1; i >= 0; i--)
        {
            for (int k = i + 1; k < n; k++)
                Subtract(b, i, k, l[k * n + i], columns);
            for (int j = 0; j < columns; j++)
                b[i * columns + j] /= l[i * n + i];
        }
    }

    static void Subtract(Span<double> x, int row, int other, double factor, int columns)
    {
        for (int j = 0; j < columns; j++)
            x[row * columns + j] -= factor * x[other * columns + j];
    }
}
