using Hondo.Data;
using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Cli;

/// <summary>
/// Draws what a Neural Turing Machine does with a sequence. Time goes from left to right in every picture; a place of
/// the memory is a row.
/// </summary>
sealed class NtmPictures
{
    const int Zoom = 8, PlaceZoom = 6, Gap = 6, Margin = 10, MostMemories = 16;

    // A share of a head's attention below this is not to be seen.
    const double Seen = 0.05;

    readonly Dataset _data;
    readonly NtmTrace _trace;
    readonly float[] _inputs, _answers;
    readonly int[] _places;

    /// <summary>What the machine of a model does with the first sequence of a data set.</summary>
    public NtmPictures(Layer model, NeuralTuringMachine machine, Dataset data)
    {
        _data = data;
        _inputs = new float[data.Sample.Size];
        data.CopySample(0, _inputs);
        Tensor x = Tensor.Of(_inputs, [1, .. data.Sample]);
        _trace = machine.Trace(x);
        _answers = model.Forward(x).ToArray<float>();
        _places = Used();
    }

    /// <summary>Each picture with its file's name and what it shows.</summary>
    public IEnumerable<(string File, Image Image, string What)> All()
    {
        int bits = Targets.Sample[1];
        Image inputs = Panel(_data.Sample[1], Zoom, (channel, step) =>
            Signed(_inputs[step * _data.Sample[1] + channel]));
        Image asked = Panel(bits, Zoom, (bit, step) => Bit(Targets.Values[step * bits + bit], true));
        Image said = Panel(bits, Zoom, (bit, step) => Bit(Sigmoid(_answers[step * bits + bit]),
            Targets.Values[step * bits + bit] >= 0));
        Image[] write = Weights(_trace.Reads, _trace.Writes), read = Weights(0, _trace.Reads);
        yield return ("overview.png", Column([inputs, asked, said, .. write, .. read]),
            "from above: what is shown, what "
            + "is asked for, what it says, where it writes, where it reads; time goes to the right");
        yield return ("write-weights.png", Column(write), $"where {Heads(_trace.Writes, "writing head")} "
            + $"writes: {_places.Length} places that a head looked at, of {_trace.Rows}, by {_trace.Steps} steps");
        yield return ("read-weights.png", Column(read), $"where {Heads(_trace.Reads, "reading head")} reads");
        yield return ("memory.png", Memory(), $"the memory in the course of time: {_trace.Width} numbers of each "
            + "place that a head looked at, −1 blue to 1 red");
    }

    BinarySequenceTargets Targets => (BinarySequenceTargets)_data.Targets;

    // Places that no head ever looked at tell nothing.
    int[] Used() => [.. Enumerable.Range(0, _trace.Rows).Where(place => Enumerable.Range(0, _trace.Steps).Any(step =>
        Enumerable.Range(0, _trace.Reads + _trace.Writes).Any(head => _trace.Weight(step, head, place) > Seen)))];

    Image[] Weights(int first, int heads) => [.. Enumerable.Range(first, heads).Select(head =>
        Panel(_places.Length, PlaceZoom, (row, step) => Hot(_trace.Weight(step, head, _places[row]))))];

    Image Memory()
    {
        int every = (_trace.Steps + MostMemories - 1) / MostMemories;
        return ImageSheet.Of([.. Enumerable.Range(0, _trace.Steps).Where(step => step % every == 0)
            .Select(step => Grid(_places.Length, _trace.Width, 5, 5, (row, number) =>
                Signed(_trace.Cell(step, _places[row], number))))], MostMemories / 2, leastSide: 1);
    }

    Image Panel(int rows, int zoom, Func<int, int, (byte, byte, byte)> colour) =>
        Grid(rows, _trace.Steps, zoom, Zoom, colour);

    static Image Grid(int rows, int columns, int height, int width, Func<int, int, (byte R, byte G, byte B)> colour)
    {
        var image = new Image(rows * height, columns * width, 3);
        for (int row = 0; row < image.Height; row++)
            for (int column = 0; column < image.Width; column++)
            {
                (byte r, byte g, byte b) = colour(row / height, column / width);
                Span<byte> pixel = image.Row(row)[(3 * column)..];
                (pixel[0], pixel[1], pixel[2]) = (r, g, b);
            }
        return image;
    }

    static Image Column(Image[] panels)
    {
        var sheet = new Image(2 * Margin + panels.Sum(panel => panel.Height) + Gap * (panels.Length - 1),
            2 * Margin + panels[0].Width, 3);
        sheet.Pixels.AsSpan().Fill(255);
        int top = Margin;
        foreach (Image panel in panels)
        {
            for (int y = 0; y < panel.Height; y++)
                panel.Row(y).CopyTo(sheet.Row(top + y)[(3 * Margin)..]);
            top += panel.Height + Gap;
        }
        return sheet;
    }

    static string Heads(int count, string name) => count == 1 ? $"the {name}" : $"each of {count} {name}s";

    static float Sigmoid(float score) => 1 / (1 + MathF.Exp(-score));

    // A step that no answer is asked for is light grey.
    static (byte, byte, byte) Bit(float value, bool isAsked) =>
        !isAsked || value < 0 ? ((byte)225, (byte)225, (byte)225) : Hot(value);

    // From black through red and yellow to white.
    static (byte, byte, byte) Hot(float share) => (Byte(3 * share), Byte(3 * share - 1), Byte(3 * share - 2));

    // White at 0, red above, blue below.
    static (byte, byte, byte) Signed(float value) =>
        (Byte(1 + Math.Min(value, 0)), Byte(1 - Math.Abs(value)), Byte(1 - Math.Max(value, 0)));

    static byte Byte(float share) => (byte)(Math.Clamp(share, 0, 1) * 255 + 0.5f);
}
