using Hondo.Kernels;
using Hondo.Tensors;

namespace Hondo.Inference;

/// <summary>
/// A network's steps with their memory. Many samples go through it some at a time, from the first step to the last, on
/// each thread by themselves: what a step writes is still in the second-level cache when the next one reads it. One
/// sample is shared among the threads, step by step. Each number is computed by the same chain either way.
/// </summary>
sealed class Plan
{
    // Half of a second-level cache; the weights take their part.
    const int MostBytes = 1 << 19, MostImages = 32;

    readonly PreparedStep[] _steps;
    readonly ImageBuffer _input, _output;
    readonly int _count, _slots;
    Tensor _x;
    Leaf? _y;
    int _next;

    Plan(PreparedStep[] steps, ImageBuffer input, ImageBuffer output, int count, int slots) =>
        (_steps, _input, _output, _count, _slots) = (steps, input, output, count, slots);

    /// <summary>A plan of these steps for batches of a size.</summary>
    public static Plan Make(PlanMaker maker, int batch)
    {
        int threads = Workers.IsAlone ? 1 : Workers.Count;
        maker.Settle(batch == 1 ? threads : 1);
        long bytes = Assign(maker, (_, _) => { }) * sizeof(float);
        int count = (int)Math.Clamp(MostBytes / Math.Max(1, bytes), 1, MostImages);
        count = Math.Min(count, (batch + threads - 1) / threads);
        int slots = Math.Min(threads, (batch + count - 1) / count);
        Dictionary<Value, ImageBuffer> buffers = [];
        var made = new List<ImageBuffer>();
        _ = Assign(maker, (value, place) =>
        {
            if (place == made.Count)
                made.Add(new(value.Images, count, slots));
            value.Buffer = made[place];
        });
        return new([.. maker.Steps.Select(step => step.Prepare(slots == 1 ? threads : 1))], maker.Input.Buffer,
            maker.Output.Buffer, count, slots);
    }

    /// <summary>
    /// Gives each value a place: one whose last reader is done, if it has the same sizes (its border is zeros already),
    /// else a new one. Returns how many numbers the places take for a sample.
    /// </summary>
    static long Assign(PlanMaker maker, Action<Value, int> assign)
    {
        List<(BorderedImages Images, int BusyUntil)> places = [];
        HashSet<Value> done = [];
        Assign(maker.Input, -1);
        for (int i = 0; i < maker.Steps.Count; i++)
            Assign(maker.Steps[i].Y, i);
        return places.Sum(place => (long)place.Images.Length);

        void Assign(Value value, int step)
        {
            if (!done.Add(value))
                return;
            int place = places.FindIndex(p => p.Images == value.Images && p.BusyUntil < step);
            if (place < 0)
            {
                place = places.Count;
                places.Add(default);
            }
            places[place] = (value.Images, value.LastUse);
            assign(value, place);
        }
    }

    /// <summary>Computes the outputs of a batch.</summary>
    public void Run(Tensor x, Leaf y)
    {
        (_x, _y, _next) = (x, y, -1);
        if (_slots == 1)
            RunSlot(0);
        else
            Workers.Run(_slots, new Slot(this));
        (_x, _y) = (default, null);
    }

    void RunSlot(int slot)
    {
        ReadOnlySpan<float> x = _x.Values<float>();
        Span<float> y = _y!.Value.As<float>();
        int inputs = _input.Images.Size, outputs = _output.Images.Size, batch = x.Length / inputs;
        // Of fewer samples than there is memory for each slot still takes its part.
        int count = Math.Min(_count, (batch + _slots - 1) / _slots);
        while (Interlocked.Increment(ref _next) * count is var first && first < batch)
        {
            int images = Math.Min(count, batch - first);
            _input.Load(x.Slice(first * inputs, images * inputs), slot);
            foreach (PreparedStep step in _steps)
                step.Run(slot, images);
            _output.Save(y.Slice(first * outputs, images * outputs), slot);
        }
    }

    readonly struct Slot(Plan plan) : IJob
    {
        public void Run(int part) => plan.RunSlot(part);
    }
}
