using Hondo.Layers;
using Hondo.Models;
using Hondo.Tensors;

namespace Hondo.Inference;

/// <summary>
/// A model made ready for use: batch norms are folded into the weights, the weights packed, and convolution, bias,
/// addition and ReLU are one pass over memory that is used again in each call. Networks of convolutions, poolings,
/// residual blocks, branches and linear layers are run so; any other model layer by layer. A sample's result depends
/// neither on the rest of its batch, nor on the number of threads, nor on the SIMD width, and is the model's own up to
/// rounding.
/// </summary>
/// <remarks>
/// One predictor serves any number of threads: each call has working memory of its own, from a pool, and its result is
/// nobody else's. A model that carries a memory from call to call is the exception: it belongs to one reader. After the
/// weights have changed make another predictor.
/// </remarks>
public sealed class Predictor
{
    const int MostShapes = 8;

    readonly Layer _model;
    readonly Lock _gate = new();
    volatile PreparedModel[] _known = [];

    /// <summary>Makes a model ready.</summary>
    /// <param name="model">The model; it stays as it is.</param>
    public Predictor(Layer model)
    {
        _model = model.Folded();
        // Named and drawn here, so that no two threads do it at once.
        _ = _model.Parameters;
    }

    /// <summary>The model's output for a batch, in memory of its own.</summary>
    /// <param name="x">[batch, ..]</param>
    /// <exception cref="ShapeException">The input does not fit.</exception>
    public Tensor Forward(Tensor x) => Find(x) is { } known ? known.Run(x) : Prepare(x);

    /// <summary>The model's output for a batch in memory of the caller's: nothing is allocated.</summary>
    /// <param name="x">[batch, ..]</param>
    /// <param name="into">As large as the output; made outside of steps, and nobody else's meanwhile.</param>
    /// <exception cref="ShapeException">The input does not fit, or the output does not fit into the memory.</exception>
    public void Forward(Tensor x, Tensor into)
    {
        if (into.Node is not Leaf leaf)
            throw new ArgumentException("The memory for a predictor's output must be made outside of steps, with "
                + "Tensor.Zeros.", nameof(into));
        if (Find(x) is { } known)
        {
            known.Run(x, leaf);
            return;
        }
        Tensor y = Prepare(x);
        PreparedModel.Require(y.Shape, y.DType, leaf);
        y.Node.Value.Bytes.CopyTo(leaf.Value.Bytes);
    }

    PreparedModel? Find(Tensor x)
    {
        foreach (PreparedModel known in _known)
            if (known.Takes(x))
                return known;
        return null;
    }

    /// <summary>True when batches of any number of such samples run alike; else each number of them is made ready by
    /// itself.</summary>
    internal bool TakesAnyNumber(Shape sample)
    {
        foreach (PreparedModel known in _known)
            if (known.IsPlanned && known.TakesSamples(sample))
                return true;
        return false;
    }

    Tensor Prepare(Tensor x)
    {
        // The model itself checks the shapes, with its own words.
        Tensor y = _model.Forward(x);
        if (x.DType != DType.Float32 || x.Shape.Rank == 0 || x.Shape[0] == 0)
            return y;
        PreparedModel? prepared = null;
        lock (_gate)
        {
            prepared = Array.Find(_known, known => known.Takes(x));
            if (prepared is null)
            {
                prepared = new(_model, x.Shape, y.Shape, y.DType);
                _known = [.. _known.Length == MostShapes ? _known[1..] : _known, prepared];
            }
        }
        return prepared.Run(x);
    }
}
