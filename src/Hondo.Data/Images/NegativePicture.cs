namespace Hondo.Data;

/// <summary>
/// Notices a picture whose light and dark are those of the training pictures the other way round: a digit in ink on
/// paper, shown to a model that learnt white digits on black.
/// </summary>
public static class NegativePicture
{
    // Photographs of day and night differ too; their negatives are as far from what was trained on as they are.
    const double Far = 0.3, Nearer = 3;

    /// <summary>Compares the mean of a picture and of its negative with that of the training pictures.</summary>
    /// <param name="sample">One picture, in natural units.</param>
    /// <param name="normalization">Fitted on the training pictures.</param>
    /// <returns>What is suspected, with the numbers and what to do; or null.</returns>
    public static string? Find(Features sample, Normalization normalization)
    {
        var numbers = new float[sample.Sample.Size];
        sample.CopyTo(0, numbers);
        double trained = 0, mean = 0;
        foreach (float m in normalization.Mean)
            trained += m / normalization.Mean.Length;
        foreach (float x in numbers)
            mean += (double)x / numbers.Length;
        double apart = Math.Abs(mean - trained), negativeApart = Math.Abs(1 - mean - trained);
        return apart < Far || negativeApart * Nearer > apart ? null : FormattableString.Invariant(
            $"this may be the negative of what the model was trained on: its mean brightness is {mean:0.00}, that of ")
            + FormattableString.Invariant($"the training pictures is {trained:0.00} (0 is black, 1 white). ")
            + "If so, exchange light and dark first.";
    }
}
