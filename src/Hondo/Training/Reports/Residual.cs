namespace Hondo.Training;

/// <summary>A number that a regression predicted, beside the true one.</summary>
/// <param name="Row">The row of the whole data set, from 0.</param>
/// <param name="Output">Which of the targets.</param>
/// <param name="Truth">The true number.</param>
/// <param name="Predicted">What the model says.</param>
sealed record Residual(int Row, int Output, double Truth, double Predicted)
{
    public double Error => Predicted - Truth;
}
