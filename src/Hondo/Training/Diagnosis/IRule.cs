namespace Hondo.Training;

/// <summary>One thing that the diagnosis looks for, at the moments that matter to it.</summary>
interface IRule
{
    /// <summary>What it can find.</summary>
    IEnumerable<DiagnosisRule> Finds { get; }

    /// <summary>Before the first step: data and model.</summary>
    void Begin(Examination e) { }

    /// <summary>After a step that was looked at; may not allocate unless it finds something.</summary>
    void Look(Examination e) { }

    /// <summary>After an epoch.</summary>
    void Epoch(Examination e) { }

    /// <summary>After the last step.</summary>
    void End(Examination e) { }
}
