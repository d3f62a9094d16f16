namespace Hondo.Data;

/// <summary>Whether a file is there and whole.</summary>
public enum FileState
{
    /// <summary>It is there, and its SHA-256 is right.</summary>
    Whole,

    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It is there, but is not what it should be.</summary>
    Damaged,
}
