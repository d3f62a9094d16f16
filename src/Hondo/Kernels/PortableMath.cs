namespace Hondo.Kernels;

/// <summary>
/// Elementary functions of single numbers in Hondo's own formulas: those of the C runtime differ between machines, and
/// with them whatever is drawn by chance.
/// </summary>
public static class PortableMath
{
    /// <summary>sin x.</summary>
    public static double Sin(double x) => Value(Elementary.Sin(new Scalar<double>(x)));

    /// <summary>cos x.</summary>
    public static double Cos(double x) => Value(Elementary.Cos(new Scalar<double>(x)));

    /// <summary>e^x.</summary>
    public static double Exp(double x) => Value(Elementary.Exp(new Scalar<double>(x)));

    /// <summary>ln x.</summary>
    public static double Log(double x) => Value(Elementary.Log(new Scalar<double>(x)));

    static double Value(Scalar<double> x)
    {
        double result = 0;
        Scalar<double>.Store(x, ref result, 0);
        return result;
    }
}
