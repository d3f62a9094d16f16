using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Cli.Bench;

/// <summary>A recurrent network that goes on from one window of a text to the next.</summary>
sealed class CarriedText(Recurrent body, Linear scores, TextStream text, int rows) : Layer
{
    readonly State _state = new(body.StateShape(rows), 0);

    protected override Tensor Run(Tensor x)
    {
        if (text.Begins)
            _state.Values<float>().Clear();
        Tensor y = body.Forward(x, _state.Value, out Tensor final);
        final.Values<float>().CopyTo(_state.Values<float>());
        return scores.Forward(y);
    }

    protected override void Parts(Parts parts) => parts.Add(body).Add(scores);
}
