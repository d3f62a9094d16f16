namespace Hondo.Losses;

/// <summary>What a loss compares the model's output with.</summary>
public enum TargetKind
{
    /// <summary>Int32 labels, one for each row of outputs: [rows] beside [rows, classes].</summary>
    Labels,

    /// <summary>Numbers in the shape of the output.</summary>
    Numbers,

    /// <summary>Numbers 0 or 1 in the shape of the output: each output is a yes or no of its own.</summary>
    Binary,
}
