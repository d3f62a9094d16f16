using System.Globalization;

namespace Hondo.Training;

/// <summary>How well a model learnt one batch by heart.</summary>
/// <param name="Samples">How many samples the batch has.</param>
/// <param name="Steps">How many updates there were.</param>
/// <param name="FirstLoss">The loss before them, in inference mode.</param>
/// <param name="Loss">The loss after them, in inference mode.</param>
/// <param name="Accuracy">The share of right answers after them; NaN where none is measured.</param>
public readonly record struct OverfitResult(int Samples, int Steps, double FirstLoss, double Loss, double Accuracy)
{
    // So little of the first loss is as good as nothing; some losses never reach 0, but then all answers are right.
    const double Nothing = 0.02, Little = 0.5;

    /// <summary>True when the batch is known by heart: the loss is nearly 0, or every answer is right.</summary>
    public bool IsByHeart => Steps > 0
        && (Loss <= Nothing * FirstLoss || (Accuracy == 1 && Loss <= Little * FirstLoss));

    /// <summary>Whether the model can learn at all, in words, with what to look for where it cannot.</summary>
    public override string ToString()
    {
        string course = string.Create(CultureInfo.InvariantCulture, $"On one batch of {Samples} samples the loss went "
            + $"from {ScoreText.Of(FirstLoss)} to {ScoreText.Of(Loss)} in {Steps} steps")
            + (double.IsNaN(Accuracy) ? "" : $", the accuracy to {ScoreText.Of(Accuracy)}");
        return IsByHeart ? $"This model can learn. {course}: it knows them by heart."
            : !double.IsFinite(Loss) ? $"The learning rate is too high. {course}. Divide it by 10."
            : Loss <= Little * FirstLoss
                ? $"This model learns, but slowly. {course}. Try a higher learning rate (--find-rate), or more units."
            : $"This model cannot learn. {course}: not even these are known by heart. Look for inputs that do not "
                + "belong to their targets, a softmax before a loss that has one, layers that are frozen or saturated, "
                + "and a learning rate that is far off (--find-rate).";
    }
}
