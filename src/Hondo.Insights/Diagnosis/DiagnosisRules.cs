namespace Hondo.Insights;

/// <summary>The catalogue of what a diagnosis can find.</summary>
public static class DiagnosisRules
{
    /// <summary>All rules, those that end a training first.</summary>
    public static IReadOnlyList<DiagnosisRule> All { get; } =
    [
        NonFiniteRules.Value, NonFiniteRules.Weights, NonFiniteRules.Samples, NonFiniteRules.Gradient,
        PartRules.Shared, .. New(0).SelectMany(rule => rule.Finds),
    ];

    // Causes come before symptoms: what explains the trouble is told first, and silences what only repeats it.
    internal static IRule[] New(double humanError) =>
    [
        new PartsRule(), new ClassBalanceRule(), new FeatureRule(), new LeakingFeatureRule(), new ScaleRule(),
        new EqualUnitsRule(), new OutputRule(), new CollapseRule(), new BatchNormRule(), new InitialScaleRule(),
        new SaturationRule(), new DeadUnitsRule(), new GradientFlowRule(), new UpdateRule(),
        new LearningRateRule(), new DivergenceRule(), new OneAnswerRule(), new StandstillRule(), new PlateauRule(),
        new OverfittingRule(), new BiasVarianceRule(humanError),
    ];
}

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
