namespace Hondo.Kernels;

/// <summary>
/// A = U·diag(s)·Vᵀ of one row-major matrix in float64, by one-sided Jacobi rotations (Hestenes 1958; Golub and Van
/// Loan, Matrix Computations, 4th edition, section 8.6.3): pairs of columns are turned until all are orthogonal. Slow
/// beside a bidiagonalization, but short, and exact to the last digits also for small singular values.
/// </summary>
static class SingularValues
{
    const int Sweeps = 60;

    /// <summary>The thin decomposition of A [m, n] with m ≥ n; false when A is not finite.</summary>
    /// <param name="a">A, then U [m, n].</param>
    /// <param name="s">The singular values, from the largest [n].</param>
    /// <param name="v">V [n, n].</param>
    /// <param name="m">A's rows.</param>
    public static bool Decompose(Span<double> a, Span<double> s, Span<double> v, int m)
    {
        int n = s.Length;
        foreach (double number in a)
            if (!double.IsFinite(number))
                return false;
        v.Clear();
        for (int i = 0; i < n; i++)
            v[i * n + i] = 1;
        for (int sweep = 0, turned = 1; sweep < Sweeps && turned > 0; sweep++)
        {
            turned = 0;
            for (int p = 0; p < n; p++)
                for (int q = p + 1; q < n; q++)
                    turned += Rotate(a, v, m, n, p, q) ? 1 : 0;
        }
        Norms(a, s, m);
        Sort(a, s, v, m);
        Complete(a, s, m);
        return true;
    }

    // Turns columns p and q by the angle that makes them orthogonal.
    static bool Rotate(Span<double> a, Span<double> v, int m, int n, int p, int q)
    {
        double pp = 0, qq = 0, pq = 0;
        for (int i = 0; i < m; i++)
        {
            pp += a[i * n + p] * a[i * n + p];
            qq += a[i * n + q] * a[i * n + q];
            pq += a[i * n + p] * a[i * n + q];
        }
        if (Math.Abs(pq) <= 1e-16 * Math.Sqrt(pp * qq) || pq == 0)
            return false;
        double zeta = (qq - pp) / (2 * pq);
        double tangent = (zeta < 0 ? -1 : 1) / (Math.Abs(zeta) + Math.Sqrt(1 + zeta * zeta));
        double cosine = 1 / Math.Sqrt(1 + tangent * tangent), sine = cosine * tangent;
        Turn(a, m, n, p, q, cosine, sine);
        Turn(v, n, n, p, q, cosine, sine);
        return true;
    }

    static void Turn(Span<double> x, int rows, int n, int p, int q, double cosine, double sine)
    {
        for (int i = 0; i < rows; i++)
        {
            double first = x[i * n + p], second = x[i * n + q];
            x[i * n + p] = cosine * first - sine * second;
            x[i * n + q] = sine * first + cosine * second;
        }
    }

    static void Norms(Span<double> a, Span<double> s, int m)
    {
        int n = s.Length;
        for (int j = 0; j < n; j++)
        {
            double sum = 0;
            for (int i = 0; i < m; i++)
                sum += a[i * n + j] * a[i * n + j];
            s[j] = Math.Sqrt(sum);
            for (int i = 0; i < m && s[j] > 0; i++)
                a[i * n + j] /= s[j];
        }
    }

    // The largest singular value first; each column of U has its largest number positive, so that signs are no choice.
    static void Sort(Span<double> a, Span<double> s, Span<double> v, int m)
    {
        int n = s.Length;
        for (int j = 0; j < n; j++)
        {
            int best = j, top = 0;
            for (int k = j + 1; k < n; k++)
                if (s[k] > s[best])
                    best = k;
            (s[j], s[best]) = (s[best], s[j]);
            Swap(a, m, n, j, best);
            Swap(v, n, n, j, best);
            for (int i = 1; i < m; i++)
                if (Math.Abs(a[i * n + j]) > Math.Abs(a[top * n + j]))
                    top = i;
            if (a[top * n + j] < 0)
                Turn(a, v, m, n, j);
        }
    }

    static void Turn(Span<double> a, Span<double> v, int m, int n, int column)
    {
        for (int i = 0; i < m; i++)
            a[i * n + column] = -a[i * n + column];
        for (int i = 0; i < n; i++)
            v[i * n + column] = -v[i * n + column];
    }

    static void Swap(Span<double> x, int rows, int n, int p, int q)
    {
        for (int i = 0; i < rows && p != q; i++)
            (x[i * n + p], x[i * n + q]) = (x[i * n + q], x[i * n + p]);
    }

    // A singular value of 0 leaves no direction in U: any that is orthogonal to the others (Gram and Schmidt, twice).
    static void Complete(Span<double> u, ReadOnlySpan<double> s, int m)
    {
        int n = s.Length;
        for (int j = 0, axis = 0; j < n; j++)
        {
            double norm = 1;
            for (; s[j] == 0 && axis < m; axis++)
            {
                for (int i = 0; i < m; i++)
                    u[i * n + j] = i == axis ? 1 : 0;
                RemoveOthers(u, m, n, j);
                norm = RemoveOthers(u, m, n, j);
                if (norm > 0.5 / Math.Sqrt(m))
                    break;
            }
            for (int i = 0; i < m && s[j] == 0; i++)
                u[i * n + j] /= norm;
        }
    }

    static double RemoveOthers(Span<double> u, int m, int n, int column)
    {
        for (int other = 0; other < n; other++)
        {
            double along = 0;
            for (int i = 0; i < m && other != column; i++)
                along += u[i * n + other] * u[i * n + column];
            for (int i = 0; i < m && other != column; i++)
                u[i * n + column] -= along * u[i * n + other];
        }
        double sum = 0;
        for (int i = 0; i < m; i++)
            sum += u[i * n + column] * u[i * n + column];
        return Math.Sqrt(sum);
    }
}
