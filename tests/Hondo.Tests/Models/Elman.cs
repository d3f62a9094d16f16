using Hondo.Layers;
using Hondo.Ops;
using Hondo.Tensors;
using Linear = Hondo.Layers.Linear;

namespace Hondo.Tests.Models;

/// <summary>
/// The slow, obvious recurrent network of tokens: h = tanh(W·onehot(x) + U·h), scores = V·h, step by step
/// (Elman 1990).
/// </summary>
sealed class Elman(int tokens, int units) : Layer, IStateful
{
    readonly Linear _input = new(tokens, units), _recurrent = new(units, units), _output = new(units, tokens);

    public LayerState? Memory { get; set; }

    public LayerState NewMemory(int streams) => new([streams, units]);

    protected override Tensor Run(Tensor x)
    {
        int batch = x.Shape[0], time = x.Shape[1];
        LayerState memory = Memory ?? NewMemory(batch);
        memory.Advance();
        Tensor h = memory[0], inputs = _input.Forward(x.OneHot(tokens));
        var scores = new Tensor[time];
        for (int t = 0; t < time; t++)
        {
            h = (inputs.SliceAxis(1, t..(t + 1)).Reshape([batch, units]) + _recurrent.Forward(h)).Tanh();
            scores[t] = _output.Forward(h);
        }
        memory.Keep(0, h);
        return Tensor.Stack(1, scores);
    }

    protected internal override void Parts(Parts parts) => parts.Add(_input).Add(_recurrent).Add(_output);

    public override string ToString() => $"Elman({tokens}, {units})";
}
