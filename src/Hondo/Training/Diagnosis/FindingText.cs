namespace Hondo.Training;

/// <summary>A finding's texts in another language.</summary>
/// <param name="Sentence">What was measured, with its numbers and where.</param>
/// <param name="Rule">When this is found.</param>
/// <param name="Remedy">What helps.</param>
public sealed record FindingText(string Sentence, string Rule, string Remedy);
