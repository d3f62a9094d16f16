using System.Globalization;
using Hondo.Data;
using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Training;

/// <summary>
/// Where a training stands, as tensors and texts by name: what a checkpoint holds beside model and optimizer. Numbers
/// keep all their digits.
/// </summary>
public sealed class RunState
{
    const string Format = "hondo.state";

    // What a float64 counts without a gap.
    const long MostSteps = 1L << 53;

    readonly Dictionary<string, Tensor> _tensors;
    readonly Dictionary<string, string> _texts;
    readonly string _path, _scope;

    /// <summary>A state of nothing.</summary>
    public RunState() : this([], new() { [Format] = "1" }, "", "") { }

    RunState(Dictionary<string, Tensor> tensors, Dictionary<string, string> texts, string path, string scope) =>
        (_tensors, _texts, _path, _scope) = (tensors, texts, path, scope);

    /// <summary>Reads a file that <see cref="Write"/> made.</summary>
    /// <exception cref="DataFormatException">It is missing, damaged, or another file.</exception>
    public static RunState Read(string path)
    {
        Safetensors file = Safetensors.Read(path);
        return file.Metadata.ContainsKey(Format)
            ? new(file.Tensors.ToDictionary(), file.Metadata.ToDictionary(), path, "")
            : throw new DataFormatException(path, "metadata", "this is no state of a training", "Name a checkpoint.");
    }

    /// <summary>The same state, with a word before each name: callbacks cannot disturb each other.</summary>
    public RunState Of(string name) => new(_tensors, _texts, _path, $"{_scope}{name}.");

    /// <summary>True when something is there, under the word of <see cref="Of"/>.</summary>
    public bool IsPresent => _texts.Keys.Any(name => name.StartsWith(_scope, StringComparison.Ordinal));

    /// <summary>Writes the file.</summary>
    public void Write(Stream stream) => new Safetensors(_tensors, _texts).Write(stream);

    /// <summary>Sets a text.</summary>
    public void Set(string name, string text) => _texts[_scope + name] = text;

    /// <summary>Sets a number.</summary>
    public void Set(string name, double number) => Set(name, number.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Sets numbers.</summary>
    public void Set(string name, IEnumerable<double> numbers) =>
        Set(name, string.Join(' ', numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture))));

    /// <summary>Sets a tensor, which is copied.</summary>
    public void Set(string name, Tensor tensor) => _tensors[_scope + name] = tensor.Keep();

    /// <summary>True when there is a tensor of this name.</summary>
    public bool HasTensor(string name) => _tensors.ContainsKey(_scope + name);

    /// <summary>True when there is a text of this name.</summary>
    public bool HasText(string name) => _texts.ContainsKey(_scope + name);

    /// <summary>A tensor.</summary>
    /// <exception cref="DataFormatException">There is none of this name and shape.</exception>
    public Tensor Tensor(string name, Shape shape) =>
        _tensors.TryGetValue(_scope + name, out Tensor tensor) && tensor.Shape == shape
            ? tensor
            : throw Missing(name, $"no tensor {shape}");

    /// <summary>A text.</summary>
    /// <exception cref="DataFormatException">There is none.</exception>
    public string Text(string name) => _texts.GetValueOrDefault(_scope + name) ?? throw Missing(name, "no text");

    /// <summary>Makes sure that a text is the same as when it was saved.</summary>
    /// <exception cref="DataFormatException">It is another.</exception>
    public void Expect(string name, string text)
    {
        if (Text(name) != text)
            throw new DataFormatException(_path, _scope + name, $"the run was trained with {Text(name)}, but is to "
                + $"go on with {text}", "Go on with what the run was trained with, or start a new run.");
    }

    /// <summary>A number.</summary>
    /// <exception cref="DataFormatException">There is none.</exception>
    public double Number(string name) => Numbers(name) is [var number] ? number : throw Missing(name, "no number");

    /// <summary>Numbers.</summary>
    /// <exception cref="DataFormatException">There are none.</exception>
    public double[] Numbers(string name)
    {
        string[] words = Text(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var numbers = new double[words.Length];
        for (int i = 0; i < words.Length; i++)
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
                throw Missing(name, "no number");
        return numbers;
    }

    /// <summary>So many numbers.</summary>
    /// <exception cref="DataFormatException">There are none, or another number of them.</exception>
    public double[] Numbers(string name, int count) =>
        Numbers(name) is { } numbers && numbers.Length == count ? numbers : throw Missing(name, $"no {count} numbers");

    /// <summary>A whole number from 0: how many, or which.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="most">The largest that makes sense.</param>
    /// <exception cref="DataFormatException">There is none, or it is outside.</exception>
    public long Whole(string name, long most = MostSteps) => Whole(name, Number(name), most);

    internal int Count(string name, int most = int.MaxValue) => (int)Whole(name, most);

    internal long Whole(string name, double number, long most = MostSteps) =>
        number >= 0 && number <= most && number == Math.Floor(number) ? (long)number
            : throw Missing(name, $"no whole number from 0 to {most}");

    DataFormatException Missing(string name, string what) =>
        new(_path, _scope + name, $"{what} of this name is there", "Does this checkpoint belong to this run?");
}

/// <summary>A callback with something in mind that a resumed run must know, such as the best weights so far.</summary>
public interface IResumable
{
    /// <summary>Writes down what is to be known later. The model is between two steps.</summary>
    void Save(RunState state);

    /// <summary>Reads what <see cref="Save"/> wrote; after <see cref="Callback.OnTrainBegin"/>.</summary>
    void Load(TrainingRun run, RunState state);
}

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
        for (long i = 1, count = state.Count("count"); i <= count; i++)
        {
            RunState one = state.Of(i.ToString(CultureInfo.InvariantCulture));
            double[] numbers = one.Numbers("epoch", 4);
            history.Add(new((int)one.Whole("epoch", numbers[0], int.MaxValue), Load(one.Of("train")),
                one.Of("dev").IsPresent ? Load(one.Of("dev")) : null, numbers[1], numbers[2],
                one.Whole("epoch", numbers[3])));
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
        string[] names = state.Text("names").Split('\n');
        double[] values = state.Numbers("values", names.Length);
        return new(values[0], names.Zip(values).Skip(1), state.Count("samples"));
    }
}
