using Hondo.Tensors;

namespace Hondo.Autograd;

/// <summary>
/// The derivatives of second order of one call by central differences of fourth order along the tangents, always in
/// double: (8·(g₁ − g₋₁) − (g₂ − g₋₂)) / 12h, whose error is about 10⁻¹¹ of the result. Four passes forward and back.
/// </summary>
sealed class DifferencedDerivatives<TOp> : CallDerivatives where TOp : struct, IOp, IEquatable<TOp>
{
    // Balances h⁴ of the formula with 10⁻¹⁶ / h of rounding.
    const double Step = 1e-3;

    static readonly (int Place, double Weight)[] Stencil =
        [(-2, 1.0 / 12), (-1, -2.0 / 3), (1, 2.0 / 3), (2, -1.0 / 12)];

    readonly TOp _op;
    readonly DType _working;
    readonly Block _memo, _wideMemo;
    readonly Node[] _inputs, _gradients, _values, _wide;
    readonly Twin?[] _twins;
    readonly Twin _result;
    readonly Mirror _first, _second, _wideResult;
    readonly double[] _sum;
    // Summed in double: in single precision the differences would be lost.
    readonly double[][] _sums;

    public DifferencedDerivatives(Call<TOp> call, Twin result, Func<Node, Twin?> twins)
    {
        (TOp op, Node[] inputs) = (call.Op, call.Inputs.ToArray());
        (_op, _working, _memo, _inputs, _result) = (op, call.Working, call.Memo, inputs, result);
        _twins = [.. inputs.Select(twins)];
        _gradients = [.. inputs.Select((n, i) => Mirrored(n, _twins[i], _twins[i]?.Gradient))];
        _values = [.. inputs.Select((n, i) => Mirrored(n, _twins[i], _twins[i]?.GradientTangent))];
        (_first, _second) = (result.As(result.Node.Value, result.Gradient),
            result.As(result.Node.Value, result.GradientTangent));
        _wide = [.. inputs.Select((n, i) => n.Type.IsFloating ? Wide(n, _twins[i] is not null) : n)];
        _wideResult = Wide(result.Node, true);
        _wideMemo = Block.Allocate(op.MemoBytes([.. inputs.Select(n => n.Shape)], DType.Float64).To("a memo"));
        _sum = new double[result.Node.Shape.Size];
        _sums = [.. _wide.Select(n => n.NeedsGradient ? new double[n.Shape.Size] : [])];
    }

    static Mirror Mirrored(Node node, Twin? twin, Block? gradient) => twin is not null
        ? twin.As(node.Value, gradient!.Value) : new Mirror(node, node.Value, default, needsGradient: false);

    static Mirror Wide(Node node, bool needsGradient) => new(node, Block.Allocate(node.Shape.Size * sizeof(double)),
        Block.Allocate(node.Shape.Size * sizeof(double)), needsGradient, DType.Float64);

    public override void Backward(in StepInfo step) =>
        Kernel.Backward(_op, _working, _gradients, _first, _memo, step, uint.MaxValue);

    public override void Tangent(in StepInfo step)
    {
        if (_result.Tangent.IsEmpty)
            return;
        Array.Clear(_sum);
        double h = Distance();
        foreach ((int place, double weight) in Stencil)
        {
            Move(place * h, step);
            for (int i = 0; i < _sum.Length; i++)
                _sum[i] += weight / h * _wideResult.Value.As<double>()[i];
        }
        Write(_sum, _result.Tangent, _result.Node.Type, adds: false);
    }

    public override void BackwardTangent(in StepInfo step)
    {
        if (_result.Tangent.IsEmpty)
        {
            // Only dy moves, and Backward is linear in it.
            Kernel.Backward(_op, _working, _values, _second, _memo, step, uint.MaxValue);
            return;
        }
        double h = Distance();
        Array.ForEach(_sums, static sum => Array.Clear(sum));
        foreach ((int place, double weight) in Stencil)
        {
            Move(place * h, step);
            for (int i = 0; i < _sum.Length; i++)
                _wideResult.Gradient.As<double>()[i] = Read(_result.Gradient, _result.Node.Type, i)
                    + place * h * Read(_result.GradientTangent, _result.Node.Type, i);
            foreach (Node node in _wide)
                if (node.NeedsGradient)
                    node.Gradient.Bytes.Clear();
            Kernel.Backward(_op, DType.Float64, _wide, _wideResult, _wideMemo, step, uint.MaxValue);
            for (int k = 0; k < _sums.Length; k++)
                for (int i = 0; i < _sums[k].Length; i++)
                    _sums[k][i] += weight / h * _wide[k].Gradient.As<double>()[i];
        }
        for (int k = 0; k < _sums.Length; k++)
            if (_wide[k].NeedsGradient)
                Write(_sums[k], _twins[k]!.GradientTangent, _inputs[k].Type, adds: true);
    }

    // As long a step as keeps every operand near its own size.
    double Distance()
    {
        double h = double.PositiveInfinity;
        for (int k = 0; k < _inputs.Length; k++)
            if (_twins[k] is { Tangent.IsEmpty: false } twin && Largest(twin.Tangent, _inputs[k].Type) is > 0 and var v)
                h = Math.Min(h, (Largest(_inputs[k].Value, _inputs[k].Type) is > 0 and var x ? x : 1) / v);
        return Step * (double.IsFinite(h) ? h : 1);
    }

    // Forward at x + h·ẋ.
    void Move(double h, in StepInfo step)
    {
        for (int k = 0; k < _inputs.Length; k++)
        {
            Node node = _inputs[k];
            bool moves = _twins[k] is { Tangent.IsEmpty: false };
            for (int i = 0; node.Type.IsFloating && i < node.Shape.Size; i++)
                _wide[k].Value.As<double>()[i] = Read(node.Value, node.Type, i)
                    + (moves ? h * Read(_twins[k]!.Tangent, node.Type, i) : 0);
        }
        Kernel.Forward(_op, DType.Float64, _wide, _wideResult, _wideMemo, step);
    }

    static double Largest(Block block, DType type)
    {
        double largest = 0;
        for (int i = 0; i < block.Length / type.Size; i++)
            largest = Math.Max(largest, Math.Abs(Read(block, type, i)));
        return largest;
    }

    static double Read(Block block, DType type, int i) => Tensor.Read(block, type, i);

    static void Write(ReadOnlySpan<double> numbers, Block into, DType type, bool adds)
    {
        for (int i = 0; i < numbers.Length; i++)
            if (type == DType.Float64)
                into.As<double>()[i] = numbers[i] + (adds ? into.As<double>()[i] : 0);
            else
                into.As<float>()[i] = (float)(numbers[i] + (adds ? into.As<float>()[i] : 0));
    }
}
