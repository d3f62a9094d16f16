using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// Sets a share of the numbers to 0 and scales the rest by 1 / (1 − rate), so that the mean stays   dx = mask · dy.
/// The identity in inference mode and outside steps. (Srivastava et al. 2014, inverted form)
/// </summary>
/// <param name="Rate">The share that is dropped, in [0, 1).</param>
/// <param name="Stream">The layer's own random stream.</param>
readonly record struct DropoutOp(double Rate, ulong Stream) : IOp, ILinearOp
{
    static string IOp.Name => "Dropout";

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x[0];

    void IOp.Forward<T>(Operands<T> x, View<T> y) =>
        DropoutMask.Apply((ReadOnlySpan<T>)x[0].Data, y.Data, Active(x.Step), Numbers(x.Step), accumulate: false);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx)
    {
        DropoutMask.Apply((ReadOnlySpan<T>)dy.Data, dx[0].Data, Active(x.Step), Numbers(x.Step), dx[0].Accumulates);
    }

    double Active(StepInfo step) => step.Mode == Mode.Training ? Rate : 0;

    Philox Numbers(StepInfo step) => new(step.Seed, Stream, step.Step);
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>Drops a share of the numbers in training steps.</summary>
        /// <param name="rate">The share, in [0, 1).</param>
        /// <param name="stream">The layer's own random stream: <see cref="RandomStream.Of"/> of its path.</param>
        /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1).</exception>
        public Tensor Dropout(double rate, ulong stream)
        {
            if (!(rate is >= 0 and < 1))
                throw new ArgumentOutOfRangeException(nameof(rate), rate,
                    "Dropout's rate is the share of numbers to drop: "
                    + "give at least 0 and less than 1.");
            return Tape.Apply(new DropoutOp(rate, stream), x);
        }
    }
}
