namespace Hondo.Kernels;

/// <summary>
/// A step of a network that is only used: everything that depends on shapes and weights alone was done before, and
/// what it reads and writes is known.
/// </summary>
abstract class PreparedStep
{
    /// <summary>Does the images of a slot. Where it is one, all threads may share it.</summary>
    public abstract void Run(int slot, int images);
}
