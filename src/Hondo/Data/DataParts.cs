namespace Hondo.Data;

/// <summary>
/// The parts of a data set: what is trained on, what choices are made by (dev), and what is looked at last (test).
/// </summary>
/// <param name="Train">The training part.</param>
/// <param name="Dev">The part that choices are made by, or null.</param>
/// <param name="Test">The part looked at once, at the end, or null.</param>
public sealed record DataSplits(Dataset Train, Dataset? Dev = null, Dataset? Test = null);
