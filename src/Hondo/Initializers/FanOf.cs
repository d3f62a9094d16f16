using Hondo.Tensors;

namespace Hondo.Initializers;

/// <summary>
/// Fan-in and fan-out of a parameter. A matrix is [outputs, inputs]; with more axes the last two are the inputs' and
/// outputs' channels and those before them the kernel's: [height, width, inputs, outputs]. A vector feeds one output.
/// </summary>
static class FanOf
{
    public static (int In, int Out) Axes(Shape shape) => shape switch
    {
        [] => (1, 1),
        [var inputs] => (inputs, 1),
        [var outputs, var inputs] => (inputs, outputs),
        [.., var inputs, var outputs] => (Kernel(shape) * inputs, Kernel(shape) * outputs),
    };

    static int Kernel(Shape shape) => shape.SizeBefore(shape.Rank - 2);

    public static int Axes(Shape shape, Fan fan) => Math.Max(1, fan == Fan.In ? Axes(shape).In : Axes(shape).Out);
}
