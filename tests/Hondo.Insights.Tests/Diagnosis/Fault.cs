namespace Hondo.Insights.Tests;

/// <summary>A fault that was planted in a training, and how it must be named.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Code">The rule that must find it.</param>
/// <param name="Layer">The layer that must be named, or null when it is about no layer.</param>
/// <param name="Op">The op that must be named, or null.</param>
/// <param name="Says">What the sentence must say.</param>
/// <param name="Examine">Trains, and gives what was found.</param>
sealed record Fault(string Name, string Code, string? Layer, string? Op, string Says,
    Func<IReadOnlyList<Finding>> Examine);
