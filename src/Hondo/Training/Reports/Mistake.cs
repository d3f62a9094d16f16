namespace Hondo.Training;

/// <summary>A sample that a classifier got wrong.</summary>
/// <param name="Row">Where it lies in the whole data set, from 0.</param>
/// <param name="Truth">Its class.</param>
/// <param name="Predicted">The class that the model gives it.</param>
/// <param name="Confidence">The probability that the model gives to that class.</param>
/// <param name="Loss">−ln of the probability of its true class.</param>
sealed record Mistake(int Row, int Truth, int Predicted, double Confidence, double Loss);
