using Hondo.Kernels;

namespace Hondo.Inference;

/// <summary>
/// Convolutions of a plan whose images between them would leave the second-level cache: strip by strip of rows.
/// </summary>
sealed class ChainStep(IReadOnlyList<ConvolutionStep> steps) : PlanStep(steps[0].X, steps[^1].Y)
{
    // Smaller ones stay in the cache by themselves.
    const int FewestNumbers = 1 << 18;

    public override Value? Added => steps[^1].Added;

    public override PreparedStep Prepare(int threads)
    {
        int parts = PreparedChain.PartsOf(Y.Height, threads), workers = X.Buffer.Slots * parts;
        ImageBuffer View(Value value) => ImageBuffer.View(value.Images, workers);
        ImageBuffer[] views = [View(X), .. steps.Select(step => View(step.Y))];
        return new PreparedChain([.. steps.Select((step, i) => step.Describe(views[i], views[i + 1],
            step.Added is { } added ? View(added) : null, 1))], X.Buffer, Y.Buffer, Added?.Buffer, parts);
    }

    /// <summary>Joins what is before and behind each convolution of channels by themselves with it.</summary>
    /// <param name="steps">The steps of a plan.</param>
    /// <param name="threads">How many threads may share an image.</param>
    public static void Join(List<PlanStep> steps, int threads)
    {
        for (int i = 0; i < steps.Count; i++)
        {
            if (steps[i] is not ConvolutionStep { Sizes.IsDepthwise: true })
                continue;
            int first = i > 0 && Leads(steps, i - 1) ? i - 1 : i;
            int last = Leads(steps, i) && ((ConvolutionStep)steps[i + 1]).Sizes.IsProduct ? i + 1 : i;
            ConvolutionStep[] chain = [.. steps[first..(last + 1)].Cast<ConvolutionStep>()];
            if (chain.SkipLast(1).All(step => step.Y.Images.Size < FewestNumbers)
                || PreparedChain.PartsOf(chain[^1].Y.Height, threads) == 0)
                continue;
            steps.RemoveRange(first, chain.Length);
            steps.Insert(first, new ChainStep(chain));
            i = first;
        }
    }

    // True where a convolution leaves all its outputs for the next one alone.
    static bool Leads(List<PlanStep> steps, int i) =>
        i + 1 < steps.Count && steps[i] is ConvolutionStep { Added: null } step && PreparedChain.Suits(step.Sizes)
        && steps[i + 1] is ConvolutionStep next && PreparedChain.Suits(next.Sizes)
        && ReferenceEquals(step.Y, next.X) && ReferenceEquals(step.Y.Maker, step)
        && steps.Count(other => ReferenceEquals(other.X, step.Y) || ReferenceEquals(other.Added, step.Y)) == 1;
}
