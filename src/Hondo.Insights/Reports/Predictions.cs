namespace Hondo.Insights;

/// <summary>What a classifier says to the samples of one part: its confusion matrix and its worst mistakes.</summary>
sealed class Predictions
{
    // A report must not cost what an epoch costs.
    const int MostSamples = 10_000, MostMistakes = 24;

    readonly List<Mistake> _mistakes = [];

    Predictions(Dataset data) => (Data, Confusion) = (data, new(data.Classes));

    /// <summary>The test part, else the dev part, else the training part: its first 10,000 samples.</summary>
    public Dataset Data { get; }

    public ConfusionMatrix Confusion { get; }

    /// <summary>Those with the largest loss, worst first.</summary>
    public IReadOnlyList<Mistake> Worst => [.. _mistakes.OrderByDescending(one => one.Loss).Take(MostMistakes)];

    /// <summary>Asks the model, in inference mode; null for data without classes.</summary>
    public static Predictions? Of(TrainingRun run)
    {
        Dataset part = run.Data.Test ?? run.Data.Dev ?? run.Data.Train;
        if (!part.Targets.HasLabels)
            return null;
        var predictions = new Predictions(part.Count > MostSamples ? part.Take(MostSamples) : part);
        var batches = new Batches(predictions.Data, new()
        {
            Size = Evaluator.BatchFor(predictions.Data.Sample),
            Order = BatchOrder.AsStored,
            Normalization = run.Trainer.Normalization,
        });
        Tape tape = run.Trainer.TakeTape();
        foreach (Batch batch in batches.Epoch(0))
        {
            using var step = tape.Open(new(Mode.Inference, 1, 0));
            Tensor output = run.Model.Forward(batch.Inputs);
            predictions.Confusion.Add(output, batch.Targets);
            predictions.AddMistakes(output, batch);
        }
        run.Trainer.GiveBack(tape);
        return predictions;
    }

    void AddMistakes(Tensor output, Batch batch)
    {
        double[] scores = output.ToArray<double>();
        int width = scores.Length / batch.Count;
        for (int i = 0; i < batch.Count; i++)
        {
            int truth = batch.Targets.Values<int>()[i];
            // One score is the logit of class 1: beside a 0 for class 0 it is the same classifier.
            ReadOnlySpan<double> row = width == 1 ? [0, scores[i]] : scores.AsSpan(i * width, width);
            int predicted = IndexOfMost(row);
            if (predicted == truth)
                continue;
            double sum = 0;
            foreach (double score in row)
                sum += Math.Exp(score - row[predicted]);
            _mistakes.Add(new(batch.Rows[i], truth, predicted, 1 / sum,
                Math.Log(sum) + row[predicted] - row[truth]));
        }
    }

    static int IndexOfMost(ReadOnlySpan<double> row)
    {
        int best = 0;
        for (int k = 1; k < row.Length; k++)
            if (row[k] > row[best])
                best = k;
        return best;
    }
}

/// <summary>A sample that a classifier got wrong.</summary>
/// <param name="Row">Where it lies in the whole data set, from 0.</param>
/// <param name="Truth">Its class.</param>
/// <param name="Predicted">The class that the model gives it.</param>
/// <param name="Confidence">The probability that the model gives to that class.</param>
/// <param name="Loss">−ln of the probability of its true class.</param>
sealed record Mistake(int Row, int Truth, int Predicted, double Confidence, double Loss);
