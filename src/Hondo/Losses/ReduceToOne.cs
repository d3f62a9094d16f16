using Hondo.Ops;

namespace Hondo.Losses;

/// <summary>A loss to train by is one number.</summary>
static class ReduceToOne
{
    public static void Check(Reduce reduce, string name)
    {
        if (reduce is not (Reduce.Mean or Reduce.Sum))
            throw new ArgumentException($"A loss is one number: reduce is Mean or Sum, not {reduce}.", name);
    }
}
