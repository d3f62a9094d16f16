using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Ops;

/// <summary>
/// y = γ·x̂ + β,   x̂ = (x − μ) / √(σ² + ε)      [batch, .., channels] → the same
/// dx = γ/√(σ² + ε) · (dy − mean(dy) − x̂·mean(dy·x̂)),   dγ = Σ dy·x̂,   dβ = Σ dy
/// </summary>
/// <remarks>
/// In training μ and σ² are mean and biased variance of each channel over all other axes, and the running statistics
/// follow: r ← (1 − momentum)·r + momentum·(μ, n/(n − 1)·σ²), once for each call. In inference they take the place of
/// μ and σ², which are then constants. (Ioffe and Szegedy 2015, arXiv:1502.03167)
/// </remarks>
/// <param name="Momentum">How far the running statistics follow a batch, 0 to 1.</param>
/// <param name="Epsilon">ε, which keeps a channel that never changes from being divided by 0.</param>
/// <param name="IsFrozen">True works in training as in inference.</param>
readonly record struct BatchNormOp(double Momentum, double Epsilon, bool IsFrozen) : IOp
{
    static string IOp.Name => "BatchNorm";

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x) =>
        BatchNormWork<float>.Compose(x, Epsilon, IsFrozen);

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x.Length is 3 or 5
        ? BatchNormWork<float>.Infer<BatchNormOp>(x)
        : throw ShapeException.For<BatchNormOp>(x, "it takes x, running mean, running variance, and perhaps γ and β");

    Extent IOp.MemoBytes(ReadOnlySpan<Shape> x, DType type) => BatchNormWork<float>.MemoBytes(x[0], type);

    void IOp.Forward<T>(Operands<T> x, View<T> y) =>
        new BatchNormWork<T>(x, false, IsFrozen).Forward(Momentum, Epsilon, y);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) =>
        new BatchNormWork<T>(x, false, IsFrozen).Backward(dy, dx);
}

/// <summary>
/// y = max(0, γ·x̂ + β),   x̂ = (x − μ) / √(σ² + ε): batch norm and ReLU in one pass
/// [batch, .., channels] → the same
/// as <see cref="BatchNormOp"/> with dy where y &gt; 0, else 0
/// </summary>
/// <remarks>
/// In training μ and σ² are mean and biased variance of each channel over all other axes, and the running statistics
/// follow: r ← (1 − momentum)·r + momentum·(μ, n/(n − 1)·σ²), once for each call. In inference they take the place of
/// μ and σ², which are then constants. (Ioffe and Szegedy 2015, arXiv:1502.03167)
/// </remarks>
/// <param name="Momentum">How far the running statistics follow a batch, 0 to 1.</param>
/// <param name="Epsilon">ε, which keeps a channel that never changes from being divided by 0.</param>
/// <param name="IsFrozen">True works in training as in inference.</param>
readonly record struct BatchNormReluOp(double Momentum, double Epsilon, bool IsFrozen) : IOp
{
    static string IOp.Name => "BatchNormRelu";

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x) =>
        BatchNormWork<float>.Compose(x, Epsilon, IsFrozen).Relu();

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x.Length is 3 or 5
        ? BatchNormWork<float>.Infer<BatchNormReluOp>(x)
        : throw ShapeException.For<BatchNormReluOp>(x,
        "it takes x, running mean, running variance, and perhaps γ and β");

    Extent IOp.MemoBytes(ReadOnlySpan<Shape> x, DType type) => BatchNormWork<float>.MemoBytes(x[0], type);

    void IOp.Forward<T>(Operands<T> x, View<T> y) =>
        new BatchNormWork<T>(x, true, IsFrozen).Forward(Momentum, Epsilon, y);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) =>
        new BatchNormWork<T>(x, true, IsFrozen).Backward(dy, dx);
}

/// <summary>
/// y = max(0, γ·x̂ + β + z),   x̂ = (x − μ) / √(σ² + ε): the end of a residual block in one pass
/// [batch, .., channels] , [channels] ×2 or ×4 , z as x → the same
/// dz = dy where y &gt; 0, else 0; the others as <see cref="BatchNormOp"/> with dz for dy
/// </summary>
/// <remarks>
/// In training μ and σ² are mean and biased variance of each channel over all other axes, and the running statistics
/// follow: r ← (1 − momentum)·r + momentum·(μ, n/(n − 1)·σ²), once for each call. In inference they take the place of
/// μ and σ², which are then constants. (Ioffe and Szegedy 2015, arXiv:1502.03167)
/// </remarks>
/// <param name="Momentum">How far the running statistics follow a batch, 0 to 1.</param>
/// <param name="Epsilon">ε, which keeps a channel that never changes from being divided by 0.</param>
/// <param name="IsFrozen">True works in training as in inference.</param>
readonly record struct BatchNormAddReluOp(double Momentum, double Epsilon, bool IsFrozen) : IOp
{
    static string IOp.Name => "BatchNormAddRelu";

    Tensor? IOp.Compose(ReadOnlySpan<Tensor> x) =>
        (BatchNormWork<float>.Compose(x[..^1], Epsilon, IsFrozen) + x[^1]).Relu();

    static bool IOp.OverwritesGradients => true;

    Shape IOp.Infer(ReadOnlySpan<Shape> x) => x.Length is 4 or 6 && x[^1] == x[0]
        ? BatchNormWork<float>.Infer<BatchNormAddReluOp>(x[..^1])
        : throw ShapeException.For<BatchNormAddReluOp>(x,
            "it takes x, running mean, running variance, perhaps γ and β, and what is added, shaped as x");

    Extent IOp.MemoBytes(ReadOnlySpan<Shape> x, DType type) => BatchNormWork<float>.MemoBytes(x[0], type);

    void IOp.Forward<T>(Operands<T> x, View<T> y) =>
        new BatchNormWork<T>(x, false, IsFrozen).Forward(Momentum, Epsilon, y);

    void IOp.Backward<T>(Operands<T> x, View<T> y, View<T> dy, Operands<T> dx) =>
        new BatchNormWork<T>(x, false, IsFrozen).Backward(y, dy, dx);
}

public static partial class TensorExtensions
{
    extension(Tensor x)
    {
        /// <summary>Batch norm over the last axis.</summary>
        /// <param name="mean">[channels]: the running mean, changed in place in training.</param>
        /// <param name="variance">[channels]: the running variance, changed in place in training.</param>
        /// <param name="scale">γ, [channels], or null for 1.</param>
        /// <param name="shift">β, [channels]; given exactly when <paramref name="scale"/> is.</param>
        /// <param name="momentum">How far the running statistics follow a batch.</param>
        /// <param name="epsilon">ε.</param>
        /// <param name="isFrozen">True uses the running statistics in training too, and leaves them.</param>
        public Tensor BatchNorm(Tensor mean, Tensor variance, Tensor? scale = null, Tensor? shift = null,
            double momentum = 0.1, double epsilon = 1e-5, bool isFrozen = false) =>
            scale is { } gamma && shift is { } beta
            ? Tape.Apply(new BatchNormOp(momentum, epsilon, isFrozen), x, mean, variance, gamma, beta)
            : Tape.Apply(new BatchNormOp(momentum, epsilon, isFrozen), x, mean, variance);

        /// <summary>Batch norm over the last axis, then a ReLU.</summary>
        /// <param name="mean">[channels]: the running mean, changed in place in training.</param>
        /// <param name="variance">[channels]: the running variance, changed in place in training.</param>
        /// <param name="scale">γ, [channels], or null for 1.</param>
        /// <param name="shift">β, [channels]; given exactly when <paramref name="scale"/> is.</param>
        /// <param name="momentum">How far the running statistics follow a batch.</param>
        /// <param name="epsilon">ε.</param>
        /// <param name="isFrozen">True uses the running statistics in training too, and leaves them.</param>
        public Tensor BatchNormRelu(Tensor mean, Tensor variance, Tensor? scale = null, Tensor? shift = null,
            double momentum = 0.1, double epsilon = 1e-5, bool isFrozen = false) =>
            scale is { } gamma && shift is { } beta
            ? Tape.Apply(new BatchNormReluOp(momentum, epsilon, isFrozen), x, mean, variance, gamma, beta)
            : Tape.Apply(new BatchNormReluOp(momentum, epsilon, isFrozen), x, mean, variance);

        /// <summary>Batch norm over the last axis, a sum, then a ReLU.</summary>
        /// <param name="added">What is added, shaped as x.</param>
        /// <param name="mean">[channels]: the running mean, changed in place in training.</param>
        /// <param name="variance">[channels]: the running variance, changed in place in training.</param>
        /// <param name="scale">γ, [channels], or null for 1.</param>
        /// <param name="shift">β, [channels]; given exactly when <paramref name="scale"/> is.</param>
        /// <param name="momentum">How far the running statistics follow a batch.</param>
        /// <param name="epsilon">ε.</param>
        /// <param name="isFrozen">True uses the running statistics in training too, and leaves them.</param>
        public Tensor BatchNormAddRelu(Tensor added, Tensor mean, Tensor variance, Tensor? scale = null,
            Tensor? shift = null, double momentum = 0.1, double epsilon = 1e-5, bool isFrozen = false) =>
            scale is { } gamma && shift is { } beta
                ? Tape.Apply(new BatchNormAddReluOp(momentum, epsilon, isFrozen), x, mean, variance, gamma, beta, added)
                : Tape.Apply(new BatchNormAddReluOp(momentum, epsilon, isFrozen), x, mean, variance, added);
    }
}
