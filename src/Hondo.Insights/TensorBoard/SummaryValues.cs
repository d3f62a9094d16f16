namespace Hondo.Insights;

/// <summary>What an event says, as the message Summary with one Value: field numbers as in summary.proto.</summary>
static class SummaryValues
{
    const int Value = 1;

    // The fields of Value.
    const int Tag = 1, SimpleValue = 2, ImageValue = 4, HistogramValue = 5, TensorValue = 8, Metadata = 9;

    // The types of TensorProto, and the class of data that every reader of today asks for.
    const int FloatType = 1, StringType = 7, TensorClass = 2;

    public static ProtoWriter Scalar(string tag, double number) =>
        Of(new ProtoWriter().Text(Tag, tag).Float(SimpleValue, (float)number));

    /// <summary>Counts of numbers between edges; null of no numbers.</summary>
    public static ProtoWriter? Counts(string tag, Histogram histogram)
    {
        if (histogram.Count == 0)
            return null;
        // Equal numbers have one bin: edges must rise.
        bool isFlat = histogram.Low == histogram.High;
        double[] limits = isFlat ? [histogram.High]
            : [.. Enumerable.Range(1, histogram.Counts.Count).Select(histogram.Edge)];
        double[] counts = isFlat ? [histogram.Count] : [.. histogram.Counts.Select(count => (double)count)];
        return Of(new ProtoWriter().Text(Tag, tag).Message(HistogramValue, new ProtoWriter()
            .Double(1, histogram.Low).Double(2, histogram.High).Double(3, histogram.Count)
            .Double(4, histogram.Sum).Double(5, histogram.SumOfSquares)
            .Doubles(6, limits).Doubles(7, counts)));
    }

    /// <summary>A picture of 1 or 3 channels, as a file.</summary>
    public static ProtoWriter Picture(string tag, int height, int width, int channels, byte[] file) =>
        Of(new ProtoWriter().Text(Tag, tag).Message(ImageValue, new ProtoWriter()
            .Whole(1, height).Whole(2, width).Whole(3, channels).Data(4, file)));

    /// <summary>A text in Markdown.</summary>
    public static ProtoWriter Text(string tag, string markdown) => Of(new ProtoWriter().Text(Tag, tag)
        .Message(TensorValue, new ProtoWriter().Whole(1, StringType)
            .Message(2, new ProtoWriter().Message(2, new ProtoWriter().Whole(1, 1))).Text(8, markdown))
        .Message(Metadata, PluginData("text", new())));

    /// <summary>What a plugin knows to read; the value itself is a zero.</summary>
    public static ProtoWriter Plugin(string tag, string plugin, ProtoWriter content) =>
        Of(new ProtoWriter().Text(Tag, tag)
            .Message(TensorValue, new ProtoWriter().Whole(1, FloatType).Message(2, new()).Float(5, 0))
            .Message(Metadata, PluginData(plugin, content)));

    static ProtoWriter PluginData(string plugin, ProtoWriter content) => new ProtoWriter()
        .Message(1, new ProtoWriter().Text(1, plugin).Message(2, content)).Whole(4, TensorClass);

    static ProtoWriter Of(ProtoWriter value) => new ProtoWriter().Message(Value, value);
}
