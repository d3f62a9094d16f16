using System.Numerics;
using Hondo.Tensors;

namespace Hondo.Autograd;

/// <summary>The derivatives of second order of one recorded call, whose op is of a kind that has them.</summary>
abstract class CallDerivatives
{
    /// <summary>Those of a call, by the kind of its op.</summary>
    public static CallDerivatives Of(Call call, Twin result, Func<Node, Twin?> twins)
    {
        var maker = new Maker(result, twins);
        call.Show(maker);
        return maker.Made!;
    }

    /// <summary>Adds to the operands' gradients.</summary>
    public abstract void Backward(in StepInfo step);

    /// <summary>Computes the result's tangent from the operands'.</summary>
    public abstract void Tangent(in StepInfo step);

    /// <summary>Adds to the tangents of the operands' gradients.</summary>
    public abstract void BackwardTangent(in StepInfo step);

    sealed class Maker(Twin result, Func<Node, Twin?> twins) : ICallVisitor
    {
        public CallDerivatives? Made { get; private set; }

        public void Visit<TOp>(Call<TOp> call) where TOp : struct, IOp, IEquatable<TOp> =>
            Made = call.Op is IDifferencedOp ? new DifferencedDerivatives<TOp>(call, result, twins)
                : new CallDerivatives<TOp>(call, result, twins);
    }
}

/// <inheritdoc/>
/// <typeparam name="TOp">The op.</typeparam>
sealed class CallDerivatives<TOp> : CallDerivatives where TOp : struct, IOp, IEquatable<TOp>
{
    readonly TOp _op;
    // Boxed once: each call of the interface would box the op anew.
    readonly ICurvedOp? _curved;
    readonly bool _isBilinear = default(TOp) is IBilinearOp;
    readonly DType _working;
    readonly Block _memo, _scratchMemo, _scratch;
    readonly Node[] _values, _gradients, _moved;
    readonly Node[][] _directions;
    readonly Mirror _first, _second, _third, _tangent;
    readonly bool _moves;

    public CallDerivatives(Call<TOp> call, Twin result, Func<Node, Twin?> twins)
    {
        (TOp op, Block memo, Node[] inputs) = (call.Op, call.Memo, call.Inputs.ToArray());
        (_op, _working, _memo, _moves) = (op, call.Working, memo, !result.Tangent.IsEmpty);
        _curved = op as ICurvedOp;
        Block value = result.Node.Value;
        _gradients = [.. inputs.Select(n => With(n, twins(n), n.Value, twins(n)?.Gradient))];
        _values = [.. inputs.Select(n => With(n, twins(n), n.Value, twins(n)?.GradientTangent))];
        _first = result.As(value, result.Gradient);
        _second = result.As(value, result.GradientTangent);
        _tangent = result.As(result.Tangent, result.Gradient);
        Block Moved(Node n) => twins(n) is { Tangent.IsEmpty: false } twin ? twin.Tangent : Zeros(n);
        uint selectors = op is ILinearOp linear ? linear.Selectors : 0;
        bool IsMoved(Node n, int i) => n.Type.IsFloating && (selectors >> Math.Min(i, 31) & 1) == 0;
        // Of a bilinear op the added operands' gradients do not depend on the first two: dy alone moves them.
        _moved = [.. inputs.Select((n, i) => With(n, _isBilinear && i > 1 ? null : twins(n),
            IsMoved(n, i) ? Moved(n) : n.Value, twins(n)?.GradientTangent))];
        _directions = !_isBilinear ? [_moved]
            : [[_moved[0], inputs[1], .. inputs[2..].Select(n => new Mirror(n, Zeros(n), default, false))],
                [inputs[0], .. _moved[1..]]];
        _scratchMemo = memo.IsEmpty ? memo : Block.Allocate(memo.Length);
        _scratch = _moves && _isBilinear ? Block.Allocate(value.Length) : default;
        _third = result.As(_scratch, default);
    }

    static Mirror With(Node node, Twin? twin, Block value, Block? gradient) => twin is not null
        ? twin.As(value, gradient!.Value)
        : new(node, value, default, needsGradient: false);

    static Block Zeros(Node node)
    {
        Block block = Block.Allocate(node.Value.Length);
        block.Bytes.Clear();
        return block;
    }

    public override void Backward(in StepInfo step) =>
        Kernel.Backward(_op, _working, _gradients, _first, _memo, step, uint.MaxValue);

    public override void Tangent(in StepInfo step)
    {
        if (!_moves)
            return;
        if (_curved is not null)
        {
            if (_working == DType.Float64)
                CurvedTangent<double>(step);
            else
                CurvedTangent<float>(step);
            return;
        }
        Kernel.Forward(_op, _working, _directions[0], _tangent, _scratchMemo, step);
        if (!_isBilinear)
            return;
        Kernel.Forward(_op, _working, _directions[1], _third, _scratchMemo, step);
        if (_working == DType.Float64)
            Add<double>();
        else
            Add<float>();
    }

    void Add<T>() where T : unmanaged, INumber<T>
    {
        Span<T> sum = _tangent.Value.As<T>();
        ReadOnlySpan<T> other = _scratch.As<T>();
        for (int i = 0; i < sum.Length; i++)
            sum[i] += other[i];
    }

    public override void BackwardTangent(in StepInfo step)
    {
        if (_curved is null || !_moves)
            Kernel.Backward(_op, _working, _values, _second, _memo, step, uint.MaxValue);
        if (_isBilinear && _moves)
            Kernel.Backward(_op, _working, _moved, _tangent, _memo, step, uint.MaxValue);
        if (_curved is null || !_moves)
            return;
        if (_working == DType.Float64)
            CurvedBackward<double>(step);
        else
            CurvedBackward<float>(step);
    }

    void CurvedTangent<T>(in StepInfo step) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        _curved!.Tangent(Operands<T>.Values(_values, _memo, step), Operands<T>.Values(_moved, default, step),
            Of<T>(_first.Value), Of<T>(_tangent.Value));

    void CurvedBackward<T>(in StepInfo step) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        _curved!.BackwardTangent(Operands<T>.Values(_values, _memo, step),
            Operands<T>.Values(_moved, default, step), Of<T>(_first.Value),
            new Curved<T>(Of<T>(_tangent.Value), Of<T>(_first.Gradient), Of<T>(_second.Gradient)),
            Operands<T>.Gradients(_values, uint.MaxValue));

    View<T> Of<T>(Block block) where T : unmanaged => new(block.Bytes, _first.Shape, _first.Type);
}
