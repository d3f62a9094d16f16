namespace Hondo.Kernels;

/// <summary>A number that the JIT sees, so that it unrolls: a loop of three turns is mispredicted at its end.</summary>
interface IPlaces
{
    /// <summary>The number; 0 when it is known only at run time.</summary>
    static abstract int Count { get; }
}

readonly struct AnyPlaces : IPlaces
{
    public static int Count => 0;
}

readonly struct OnePlace : IPlaces
{
    public static int Count => 1;
}

readonly struct TwoPlaces : IPlaces
{
    public static int Count => 2;
}

readonly struct ThreePlaces : IPlaces
{
    public static int Count => 3;
}

readonly struct FourPlaces : IPlaces
{
    public static int Count => 4;
}

readonly struct FivePlaces : IPlaces
{
    public static int Count => 5;
}

readonly struct EightPlaces : IPlaces
{
    public static int Count => 8;
}
