namespace Hondo.Kernels;

/// <summary>The sizes of a batch that connectionist temporal classification aligns.</summary>
/// <param name="Batch">Sequences.</param>
/// <param name="Time">Steps of the longest.</param>
/// <param name="Classes">Classes, the blank among them.</param>
/// <param name="Labels">Labels of the sequence with most of them.</param>
/// <param name="Blank">The class that says nothing.</param>
public readonly record struct CtcSizes(int Batch, int Time, int Classes, int Labels, int Blank);
