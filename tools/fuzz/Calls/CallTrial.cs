using System.Collections;
using System.Globalization;
using Hondo.Layers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Fuzz.Calls;

/// <summary>
/// One call of one subject with odd arguments, once outside a step and, if that works, once inside one with its
/// gradients. Either it is refused in Hondo's own words, or it computes.
/// </summary>
sealed class CallTrial : ITrial
{
    public string Name => "calls";

    public string? Try(Random random, out bool wasRefused)
    {
        wasRefused = false;
        try
        {
            Subject subject = Subjects.All[random.Next(Subjects.All.Length)];
            var arguments = new Arguments(random) { Boldness = Boldness(random), Rank = random.Next(1, 6) };
            object?[] values = [.. subject.Parameters.Select(arguments.Of)];
            if (subject.IsLayer)
                Run((Layer)subject.Call(values)!, arguments);
            else
                Run(subject, values);
            return null;
        }
        catch (Exception error)
        {
            wasRefused = true;
            return Verdict.Unexpected(error, IsPromised);
        }
    }

    public string Describe(Random random)
    {
        Subject subject = Subjects.All[random.Next(Subjects.All.Length)];
        var arguments = new Arguments(random) { Boldness = Boldness(random), Rank = random.Next(1, 6) };
        try
        {
            return $"{subject.Name}({string.Join(", ", subject.Parameters.Select(p => Show(arguments.Of(p))))})";
        }
        catch (Exception error) when (IsPromised(error))
        {
            return $"{subject.Name}: {error.Message}";
        }
    }

    // Half of the calls have one odd number at most: they come far.
    static double Boldness(Random random) => random.Next(2) == 0 ? 0.12 : 0.5;

    static bool IsPromised(Exception error) => error is ArgumentException or InvalidOperationException
        or NotSupportedException or OverflowException or DivideByZeroException
        or OutOfMemoryException { InnerException: not null };

    static void Run(Subject subject, object?[] values)
    {
        if (subject.Call(values) is not Tensor y || y.Size > 1 << 24)
            return;
        using Tape.Scope step = Tape.Begin();
        object?[] watched = [.. values.Select(Watched)];
        Differentiate((Tensor)subject.Call(watched)!);
    }

    static void Run(Layer layer, Arguments arguments)
    {
        _ = layer.ToString();
        if (layer.Parameters.Sum(p => (long)p.Shape.Size) > 1 << 24)
            return;
        var x = (Tensor)arguments.Of(typeof(CallTrial).GetMethod(nameof(Input))!.GetParameters()[0])!;
        if (layer.Forward(x).Size > 1 << 24)
            return;
        using Tape.Scope step = Tape.Begin();
        Differentiate(layer.Forward((Tensor)Watched(x)!));
    }

    /// <summary>A signature to draw an input for.</summary>
    public static void Input(Tensor x) => _ = x;

    static object? Watched(object? value) => value switch
    {
        Tensor x when x.DType != DType.Int32 => Tape.Watch(x),
        Tensor[] many => many.Select(x => (Tensor)Watched(x)!).ToArray(),
        _ => value,
    };

    static void Differentiate(Tensor y)
    {
        if (y.DType == DType.Int32 || y.Size == 0)
            return;
        Tensor loss = y.Sum();
        try
        {
            loss.Backward();
        }
        catch (InvalidOperationException error) when (error.Message.Contains("differentiate", StringComparison.Ordinal))
        {
            // Comparisons and rounding have no gradient.
        }
    }

    static string Show(object? value) => value switch
    {
        null => "null",
        Tensor x => x.Size == 0 ? $"{x.DType} {x.Shape}" : $"{x.DType} {x.Shape}",
        string text => $"\"{text}\"",
        IEnumerable many and not Layer => $"[{string.Join(", ", many.Cast<object?>().Select(Show))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
