using System.Globalization;

namespace Hondo.Training;

/// <summary>The epochs done, with all digits of their numbers: a plateau is found in them again.</summary>
static class HistoryText
{
    public static void Save(this History history, RunState state)
    {
        state.Set("count", history.Count);
        foreach (EpochRecord epoch in history)
        {
            RunState one = state.Of(epoch.Epoch.ToString(CultureInfo.InvariantCulture));
            one.Set("epoch", [epoch.Epoch, epoch.Seconds, epoch.LearningRate, epoch.Steps]);
            Save(epoch.Train, one.Of("train"));
            if (epoch.Dev is not null)
                Save(epoch.Dev, one.Of("dev"));
        }
    }

    public static void Load(this History history, RunState state)
    {
        for (int i = 1; i <= (int)state.Number("count"); i++)
        {
            RunState one = state.Of(i.ToString(CultureInfo.InvariantCulture));
            double[] numbers = one.Numbers("epoch");
            history.Add(new((int)numbers[0], Load(one.Of("train")),
                one.Of("dev").IsPresent ? Load(one.Of("dev")) : null, numbers[1], numbers[2], (long)numbers[3]));
        }
    }

    static void Save(Scores scores, RunState state)
    {
        state.Set("names", string.Join('\n', scores.Select(score => score.Name)));
        state.Set("values", scores.Select(score => score.Value));
        state.Set("samples", scores.Samples);
    }

    static Scores Load(RunState state)
    {
        double[] values = state.Numbers("values");
        string[] names = state.Text("names").Split('\n');
        return new(values[0], names.Zip(values).Skip(1), (int)state.Number("samples"));
    }
}
