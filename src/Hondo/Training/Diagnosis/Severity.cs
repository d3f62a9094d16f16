namespace Hondo.Training;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>Good to know: nothing has to change.</summary>
    Note,

    /// <summary>Learning suffers: do what the remedy says.</summary>
    Warning,

    /// <summary>Training cannot go on.</summary>
    Error,
}
