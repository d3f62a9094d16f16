using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Hondo.TorchSharp;

/// <summary>Two convolutions and a way past them.</summary>
sealed class Residual : Module<Tensor, Tensor>
{
    readonly Module<Tensor, Tensor> _body, _skip;

    public Residual(int from, int to, int stride) : base("residual")
    {
        _body = Sequential(Conv2d(from, to, 3, stride: stride, padding: 1, bias: false), BatchNorm2d(to), ReLU(),
            Conv2d(to, to, 3, padding: 1, bias: false), BatchNorm2d(to));
        _skip = stride == 1 && from == to ? Identity()
            : Sequential(Conv2d(from, to, 1, stride: stride, bias: false), BatchNorm2d(to));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => functional.relu(_body.call(x) + _skip.call(x));
}

/// <summary>A network that carries its state from batch to batch.</summary>
abstract class Carried(string name) : Module<Tensor, Tensor>(name)
{
    /// <summary>Begins anew.</summary>
    public abstract void Forget(int rows);
}

/// <summary>Two layers of LSTM.</summary>
sealed class LongShortTerm : Carried
{
    readonly LSTM _cells;
    readonly Linear _out;
    readonly int _hidden;
    (Tensor, Tensor)? _state;

    public LongShortTerm(int kinds, int hidden) : base("lstm")
    {
        (_cells, _out, _hidden) = (LSTM(kinds, hidden, 2), Linear(hidden, kinds), hidden);
        RegisterComponents();
    }

    public override void Forget(int rows) => _state = (zeros(2, rows, _hidden), zeros(2, rows, _hidden));

    public override Tensor forward(Tensor x)
    {
        var (hidden, h, c) = _cells.call(x, _state);
        (Tensor lastH, Tensor lastC) = _state!.Value;
        _state = (h.detach().MoveToOuterDisposeScope(), c.detach().MoveToOuterDisposeScope());
        lastH.Dispose();
        lastC.Dispose();
        return _out.call(hidden);
    }
}

/// <summary>Two layers of GRU.</summary>
sealed class Gated : Carried
{
    readonly GRU _cells;
    readonly Linear _out;
    readonly int _hidden;
    Tensor? _state;

    public Gated(int kinds, int hidden) : base("gru")
    {
        (_cells, _out, _hidden) = (GRU(kinds, hidden, 2), Linear(hidden, kinds), hidden);
        RegisterComponents();
    }

    public override void Forget(int rows) => _state = zeros(2, rows, _hidden);

    public override Tensor forward(Tensor x)
    {
        var (hidden, h) = _cells.call(x, _state);
        Tensor last = _state!;
        _state = h.detach().MoveToOuterDisposeScope();
        last.Dispose();
        return _out.call(hidden);
    }
}

/// <summary>Six blocks of causal attention, 384 wide, as benchmarks/gpt_small.py.</summary>
sealed class Gpt : Module<Tensor, Tensor>
{
    const int Wide = 384, Heads = 6, Blocks = 6;

    readonly Embedding _tokens;
    readonly Parameter _places;
    readonly Sequential _body;

    public Gpt(int kinds, int length) : base("gpt")
    {
        _tokens = Embedding(kinds, Wide);
        _places = new(0.02 * randn(length, Wide));
        Module<Tensor, Tensor>[] blocks = [.. Enumerable.Range(0, Blocks).Select(_ => new Block())];
        _body = Sequential([.. blocks, LayerNorm(Wide), Linear(Wide, kinds)]);
        RegisterComponents();
        foreach (Module module in modules())
            if (module is Linear linear)
                init.normal_(linear.weight!, std: 0.02);
        init.normal_(_tokens.weight!, std: 0.02);
    }

    public override Tensor forward(Tensor x) => _body.call(_tokens.call(x) + _places);

    sealed class Block : Module<Tensor, Tensor>
    {
        readonly LayerNorm _first = LayerNorm(Wide), _second = LayerNorm(Wide);
        readonly Linear _queries = Linear(Wide, 3 * Wide), _out = Linear(Wide, Wide);
        readonly Sequential _mlp = Sequential(Linear(Wide, 4 * Wide), GELU(), Linear(4 * Wide, Wide));

        public Block() : base("block") => RegisterComponents();

        public override Tensor forward(Tensor x)
        {
            (long rows, long length) = (x.shape[0], x.shape[1]);
            Tensor[] parts = [.. _queries.call(_first.call(x)).split(Wide, 2)
                .Select(part => part.view(rows, length, Heads, -1).transpose(1, 2))];
            Tensor seen = functional.scaled_dot_product_attention(parts[0], parts[1], parts[2], is_casual: true);
            x = x + _out.call(seen.transpose(1, 2).reshape(rows, length, Wide));
            return x + _mlp.call(_second.call(x));
        }
    }
}
