using Hondo.Data;
using Hondo.Tensors;

namespace Hondo.Cli.Bench;

/// <summary>Epoch after epoch of shuffled batches; the short last one of each is kept.</summary>
sealed class ShuffledBatches(Dataset data, int size, Normalization? normalization = null) : IBatchStream
{
    readonly Batches _batches = new(data, new() { Size = size, Normalization = normalization });
    BatchSequence.Enumerator _pass;
    bool _isOpen;

    /// <summary>What the samples are normalized by, or null.</summary>
    public Normalization? Normalization => _batches.Options.Normalization;

    public (Tensor Inputs, Tensor Targets) Next()
    {
        if (_isOpen && _pass.MoveNext())
            return (_pass.Current.Inputs, _pass.Current.Targets);
        if (_isOpen)
            _pass.Dispose();
        _pass = _batches.GetEnumerator();
        _isOpen = true;
        _pass.MoveNext();
        return (_pass.Current.Inputs, _pass.Current.Targets);
    }
}
