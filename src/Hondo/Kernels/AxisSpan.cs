namespace Hondo.Kernels;

/// <summary>Neighbouring targets of a phase that see the same of the kernel's places, the others lie outside.</summary>
/// <param name="From">The first target.</param>
/// <param name="Count">How many targets.</param>
/// <param name="Skipped">How many places before the first that is seen.</param>
/// <param name="Taps">How many places are seen.</param>
readonly record struct AxisSpan(int From, int Count, int Skipped, int Taps);
