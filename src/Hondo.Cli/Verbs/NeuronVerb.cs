using System.CommandLine;
using System.Globalization;
using Hondo.Cli.Output;
using Hondo.Models;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo neuron perceptron|adaline|mcculloch-pitts</c>: the first neurons, step by step in a table.
/// </summary>
static class NeuronVerb
{
    static readonly double[][] Corners = [[0, 0], [0, 1], [1, 0], [1, 1]];

    static readonly (double X, double Y)[] Points = [(50, 150), (80, 200), (120, 280)];

    static readonly Dictionary<string, int[]> Gates = new()
    {
        ["and"] = [0, 0, 0, 1],
        ["or"] = [0, 1, 1, 1],
        ["only-first"] = [0, 0, 1, 0],
        ["only-second"] = [0, 1, 0, 0],
        ["xor"] = [0, 1, 1, 0],
    };

    public static Command Command(Terminal terminal) =>
        new("neuron", "The first neurons, step by step: McCulloch and Pitts, perceptron, Adaline.")
        {
            McCullochPitts(terminal), Perceptron(terminal), Adaline(terminal),
        };

    static Argument<string> Gate() => new("GATE")
    {
        Description = "and, or, only-first (x1 and not x2), only-second, xor",
    };

    static int[] AnswersOf(string gate) => Gates.GetValueOrDefault(gate)
        ?? throw new UsageException($"hondo neuron: there is no gate '{gate}'. Known are "
            + $"{string.Join(", ", Gates.Keys)}.");

    static Command McCullochPitts(Terminal terminal)
    {
        var command = new Command("mcculloch-pitts", "AND and OR by weights that a person chooses (1943).");
        command.SetAction(_ =>
        {
            List<string[]> rows = [["x1", "x2", "1 x1 + 1 x2", "AND (from 2)", "OR (from 1)"]];
            rows.AddRange(Corners.Select(x => (string[])[Text(x[0]), Text(x[1]), Text(x[0] + x[1]),
                Text(Models.McCullochPitts.And.Fire(x)), Text(Models.McCullochPitts.Or.Fire(x))]));
            TextTable.Write(terminal.Out, rows, terminal.Width());
        });
        return command;
    }

    static Command Perceptron(Terminal terminal)
    {
        Argument<string> gate = Gate();
        Option<double> rate = Rate("γ of w += γ (y − ŷ) x", 1.5);
        Option<int> epochs = Epochs("epochs at most", 20);
        var command = new Command("perceptron", "Rosenblatt's rule (1958) from w = (1, 1), 1 from w·x = 1 on.")
        {
            gate, rate, epochs,
        };
        command.SetAction(parsed =>
        {
            int[] answers = AnswersOf(parsed.GetValue(gate)!);
            var perceptron = new Perceptron([1, 1], threshold: 1) { LearningRate = parsed.GetValue(rate) };
            List<string[]> rows = [["epoch", "x1", "x2", "y", "ŷ", "y − ŷ", "w1", "w2"]];
            int errors = 1;
            for (int epoch = 1; epoch <= parsed.GetValue(epochs) && errors > 0; epoch++)
            {
                errors = 0;
                foreach ((double[] x, int y) in Corners.Zip(answers))
                {
                    int said = perceptron.Predict(x);
                    errors += perceptron.Learn(x, y) ? 0 : 1;
                    rows.Add([Text(epoch), Text(x[0]), Text(x[1]), Text(y), Text(said), Text(y - said),
                        Text(perceptron.Weights[0]), Text(perceptron.Weights[1])]);
                }
            }
            TextTable.Write(terminal.Out, rows, terminal.Width());
            terminal.Out.WriteLine(errors == 0
                ? Language.Say("All answers are right.", "Todas las respuestas son correctas.")
                : Language.Say("Some answers are wrong to the end: no straight line parts them.",
                    "Algunas respuestas siguen mal: ninguna recta las separa."));
        });
        return command;
    }

    static Command Adaline(Terminal terminal)
    {
        Option<double> rate = Rate("η of w += η (y − f(x)) x", 0.0001);
        Option<int> epochs = Epochs("epochs", 1);
        var command = new Command("adaline", "Widrow and Hoff's rule (1960) on (50, 150), (80, 200), (120, 280).")
        {
            rate, epochs,
        };
        command.SetAction(parsed =>
        {
            var adaline = new Adaline(inputs: 1, parsed.GetValue(rate));
            List<string[]> rows = [["epoch", "x", "y", "f(x)", "y − f(x)", "w", "b"]];
            for (int epoch = 1; epoch <= parsed.GetValue(epochs); epoch++)
                foreach ((double x, double y) in Points)
                {
                    double said = adaline.Predict(x), error = adaline.Learn([x], y);
                    rows.Add([Text(epoch), Text(x), Text(y), Text(said), Text(error), Text(adaline.Weights[0]),
                        Text(adaline.Bias)]);
                }
            TextTable.Write(terminal.Out, rows, terminal.Width());
        });
        return command;
    }

    static Option<double> Rate(string description, double usual) => NumberOption.Of("--rate", null, description,
        usual, "a finite number", (double rate) => double.IsFinite(rate));

    // A table of more epochs is read by nobody.
    static Option<int> Epochs(string description, int usual) => NumberOption.Of("--epochs", null, description, usual,
        "a whole number from 1 to 10000", (int count) => count is >= 1 and <= 10_000);

    static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
