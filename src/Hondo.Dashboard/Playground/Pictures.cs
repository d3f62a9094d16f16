using System.Text.Json;
using Hondo.Layers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Dashboard.Playground;

/// <summary>What the network says at each place of the plane, and what each hidden unit does there.</summary>
sealed class Pictures
{
    const int Side = 60, UnitSide = 20;

    // The plane goes a little farther than the points.
    const float Edge = 1.1f;

    readonly Sequential _model;
    readonly Tensor _plane, _small;

    /// <summary>Pictures of a model that is told these inputs.</summary>
    public Pictures(Sequential model, IReadOnlyList<string> inputs)
    {
        _model = model;
        _plane = Plane(inputs, Side);
        _small = Plane(inputs, UnitSide);
    }

    /// <summary>
    /// <c>boundary</c> has a byte for each place, row by row from the top: 40 times the class, and its probability in
    /// parts of 39. <c>units</c> has, for each hidden layer, each unit's values as bytes.
    /// </summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteBase64String("boundary", Boundary());
        json.WriteStartArray("units");
        Tensor x = _small;
        for (int i = 0; i < _model.Count - 1; i++)
        {
            x = _model[i].Forward(x);
            // The units' values are those after the activation.
            if (_model[i] is not Layers.Linear)
                WriteUnits(json, x.ToArray<float>());
        }
        json.WriteEndArray();
    }

    byte[] Boundary()
    {
        float[] shares = _model.Forward(_plane).Softmax().ToArray<float>();
        int classes = shares.Length / (Side * Side);
        var bytes = new byte[Side * Side];
        for (int i = 0; i < bytes.Length; i++)
        {
            Span<float> share = shares.AsSpan(i * classes, classes);
            int best = 0;
            for (int k = 1; k < classes; k++)
                if (share[k] > share[best])
                    best = k;
            bytes[i] = (byte)(40 * best + Math.Clamp((int)(39 * share[best]), 0, 39));
        }
        return bytes;
    }

    static void WriteUnits(Utf8JsonWriter json, float[] values)
    {
        const int places = UnitSide * UnitSide;
        int units = values.Length / places;
        json.WriteStartArray();
        var bytes = new byte[places];
        for (int unit = 0; unit < units; unit++)
        {
            float least = float.MaxValue, most = float.MinValue;
            for (int i = unit; i < values.Length; i += units)
                (least, most) = (Math.Min(least, values[i]), Math.Max(most, values[i]));
            for (int i = 0; i < places; i++)
                bytes[i] = most > least ? (byte)(255 * (values[i * units + unit] - least) / (most - least)) : (byte)128;
            json.WriteBase64StringValue(bytes);
        }
        json.WriteEndArray();
    }

    static Tensor Plane(IReadOnlyList<string> inputs, int side)
    {
        var places = new float[2 * side * side];
        for (int row = 0, at = 0; row < side; row++)
            for (int column = 0; column < side; column++)
            {
                places[at++] = Edge * (2 * (column + 0.5f) / side - 1);
                places[at++] = -Edge * (2 * (row + 0.5f) / side - 1);
            }
        return Tensor.Of(PointInputs.Of(inputs, places), [side * side, inputs.Count]);
    }
}
