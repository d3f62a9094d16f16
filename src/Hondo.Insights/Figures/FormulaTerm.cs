namespace Hondo.Charts;

/// <summary>A part of a <see cref="Formula"/>.</summary>
abstract class FormulaTerm
{
    public abstract Tensor Compute(Dictionary<string, Tensor> values, Action<Tensor> onResult);

    public sealed class Number(double value) : FormulaTerm
    {
        public double Value => value;

        public override Tensor Compute(Dictionary<string, Tensor> values, Action<Tensor> onResult) =>
            Tensor.Scalar(value);
    }

    public sealed class Variable(string name) : FormulaTerm
    {
        public override Tensor Compute(Dictionary<string, Tensor> values, Action<Tensor> onResult) => values[name];
    }

    public sealed class Operation(FormulaTerm[] operands, Func<Tensor[], Tensor> apply) : FormulaTerm
    {
        public override Tensor Compute(Dictionary<string, Tensor> values, Action<Tensor> onResult) =>
            apply([.. operands.Select(operand =>
            {
                Tensor part = operand.Compute(values, onResult);
                if (operand is Operation)
                    onResult(part);
                return part;
            })]);
    }
}
