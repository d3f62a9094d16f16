namespace Hondo.Kernels;

/// <summary>A step that can be done in parts.</summary>
abstract class PreparedParts : PreparedStep
{
    /// <summary>Parts that threads may do at the same time.</summary>
    protected abstract int Parts { get; }

    /// <inheritdoc/>
    public sealed override void Run(int slot, int images)
    {
        if (images == 1)
            Workers.Run(Parts, new Part(this, slot));
        else
            Run(slot, images, 0, Parts);
    }

    /// <summary>Does some of the parts.</summary>
    protected abstract void Run(int slot, int images, int first, int end);

    readonly struct Part(PreparedParts step, int slot) : IJob
    {
        public void Run(int part) => step.Run(slot, 1, part, part + 1);
    }
}
