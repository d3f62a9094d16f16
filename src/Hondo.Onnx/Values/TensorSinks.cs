namespace Hondo.Onnx.Values;

/// <summary>Where a tensor's bytes are decoded into: one pass, without a copy in between.</summary>
interface ITensorSink
{
    void Float(int i, double x);

    void Integer(int i, long x);

    void Text(int i, string x);
}

/// <summary>Fractions in double.</summary>
sealed class NumberSink(int size) : ITensorSink
{
    public double[] Numbers { get; } = new double[size];

    public void Float(int i, double x) => Numbers[i] = x;

    public void Integer(int i, long x) => Numbers[i] = x;

    public void Text(int i, string x) => throw new OnnxException("Text where a number was expected.");
}

/// <summary>Fractions in float32.</summary>
sealed class FloatSink(int size) : ITensorSink
{
    public float[] Floats { get; } = new float[size];

    public void Float(int i, double x) => Floats[i] = (float)x;

    public void Integer(int i, long x) => Floats[i] = x;

    public void Text(int i, string x) => throw new OnnxException("Text where a number was expected.");
}

/// <summary>Whole numbers.</summary>
sealed class IntegerSink(int size) : ITensorSink
{
    public long[] Integers { get; } = new long[size];

    public void Float(int i, double x) => throw new OnnxException("A fraction where a whole number was expected.");

    public void Integer(int i, long x) => Integers[i] = x;

    public void Text(int i, string x) => throw new OnnxException("Text where a number was expected.");
}

/// <summary>Texts.</summary>
sealed class TextSink(int size) : ITensorSink
{
    public string[] Texts { get; } = new string[size];

    public void Float(int i, double x) => throw new OnnxException("A number where text was expected.");

    public void Integer(int i, long x) => throw new OnnxException("A number where text was expected.");

    public void Text(int i, string x) => Texts[i] = x;
}
