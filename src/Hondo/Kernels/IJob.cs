namespace Hondo.Kernels;

/// <summary>
/// Work that falls into independent parts. Implement it as a struct; the parts run in any order and on any thread, so
/// a part may write only what no other part reads or writes.
/// </summary>
public interface IJob
{
    /// <summary>Does part number <paramref name="part"/> of the work.</summary>
    void Run(int part);
}
