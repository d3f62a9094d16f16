namespace Hondo.Data;

/// <summary>How a file of a data set is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Whether it is there and whole.</param>
/// <param name="Detail">Where it is, or what is wrong.</param>
public sealed record FileCheck(string Name, FileState State, string Detail);
