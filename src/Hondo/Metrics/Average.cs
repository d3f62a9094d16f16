namespace Hondo.Metrics;

/// <summary>How the numbers of the classes become one.</summary>
public enum Average
{
    /// <summary>The plain mean over the classes that occur: rare classes count as much as frequent ones.</summary>
    Macro,

    /// <summary>From the counts of all classes together: for one label a row it equals the accuracy.</summary>
    Micro,

    /// <summary>The mean over the classes, each weighted by how often it occurs.</summary>
    Weighted,
}
