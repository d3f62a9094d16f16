using Hondo.Tensors;

namespace Hondo.Data;

/// <summary>Fills the memory of a batch: a pure function of (seed, epoch, batch number).</summary>
sealed class BatchMaker
{
    readonly Dataset _data;
    readonly BatchOptions _options;
    readonly float[] _center, _gain;
    readonly int[] _rows;

    public BatchMaker(Dataset data, BatchOptions options)
    {
        (_data, _options) = (data, options);
        // A transform works on natural units, so only what follows it is left to scale.
        double unit = options.Transform is null ? data.Features.Unit : 1;
        (_center, _gain) = Normalization.Scale(options.Normalization, data.Sample, unit);
        _rows = new int[data.Count];
    }

    public int Epoch { get; private set; }

    public void Begin(int epoch)
    {
        Epoch = epoch;
        if (_data.Features.Streams is { } layout)
        {
            FollowStreams(layout);
            return;
        }
        if (_options.Order == BatchOrder.Shuffled)
            RowOrder.Fill(_rows, _options.Seed, epoch + 1);
        for (int i = 0; i < _rows.Length; i++)
            _rows[i] = _data.Row(_options.Order == BatchOrder.Shuffled ? _rows[i] : i);
    }

    void FollowStreams(StreamLayout layout)
    {
        for (int i = 0; i < _rows.Length; i++)
            _rows[i] = _data.Row(i % layout.Streams * layout.Windows + i / layout.Streams);
    }

    /// <summary>How many things a batch predicts.</summary>
    public int Weight(int batch)
    {
        ReadOnlySpan<int> rows = Rows(batch).Span;
        if (_data.Features.Streams is not { } layout)
            return rows.Length;
        int tokens = 0;
        foreach (int row in rows)
            tokens += layout.Window(row / layout.Windows, row % layout.Windows).Count;
        return tokens;
    }

    public ReadOnlyMemory<int> Rows(int batch)
    {
        int start = batch * _options.Size;
        return _rows.AsMemory(start, Math.Min(_options.Size, _rows.Length - start));
    }

    public void Fill(int batch, Block inputs, Block targets)
    {
        ReadOnlySpan<int> rows = Rows(batch).Span;
        if (_data.Features.Type == DType.Int32)
        {
            _data.Features.Gather(rows, inputs);
            _data.Targets.Gather(rows, targets);
            return;
        }
        Span<float> numbers = inputs.As<float>()[..(rows.Length * _data.Sample.Size)];
        if (_options.Transform is null && _data.Features.IsByBatch)
            _data.Features.Gather(rows, _center, _gain, numbers);
        else
            EachSample(Rows(batch), inputs);
        if (_options.Mixes.Count > 0)
            Mix(batch, rows, numbers, targets.As<float>()[..(rows.Length * _data.Classes.Count)]);
        else
            _data.Targets.Gather(rows, targets);
    }

    void EachSample(ReadOnlyMemory<int> rows, Block inputs)
    {
        var job = new SampleJob(this, rows, inputs);
        // The threads that train have nothing else to do now; a worker that prefetches must leave them alone.
        if (_options.Workers == 0)
            Kernels.Workers.Run(rows.Length, job);
        else
            for (int i = 0; i < rows.Length; i++)
                job.Run(i);
    }

    void Mix(int batch, ReadOnlySpan<int> rows, Span<float> numbers, Span<float> targets)
    {
        var labels = ((ClassTargets)_data.Targets).Labels;
        targets.Clear();
        for (int i = 0; i < rows.Length; i++)
            targets[i * _data.Classes.Count + labels[rows[i]]] = 1;
        for (int i = 0; i < _options.Mixes.Count; i++)
            _options.Mixes[i].Apply(numbers, targets, _data.Sample,
                Augmentation.KeyOf(RowOrder.BatchKey(_options.Seed, Epoch, batch), i));
    }

    readonly struct SampleJob(BatchMaker maker, ReadOnlyMemory<int> rows, Block inputs) : Kernels.IJob
    {
        public void Run(int i)
        {
            Shape shape = maker._data.Sample;
            int row = rows.Span[i];
            Span<float> sample = inputs.As<float>().Slice(i * shape.Size, shape.Size);
            if (maker._options.Transform is { } transform)
            {
                maker._data.Features.CopyTo(row, sample);
                transform.Apply(sample, shape, RowOrder.Key(maker._options.Seed, maker.Epoch, row));
            }
            else
                maker._data.Features.ReadStored(row, sample);
            Kernels.Standardization.Apply(sample, maker._center, maker._gain, sample);
        }
    }
}
