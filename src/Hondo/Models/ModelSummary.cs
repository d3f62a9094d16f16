using Hondo.Layers;
using Hondo.Storage;
using Hondo.Tensors;

namespace Hondo.Models;

/// <summary>
/// What a model is made of, found by following shapes alone: no numbers are drawn and no kernel runs, so that it takes
/// no time and no memory whatever the model's size.
/// </summary>
public sealed class ModelSummary
{
    ModelSummary(Layer model, IReadOnlyList<ModelSummaryRow> rows, ShapeTrace? trace)
    {
        (Text, Rows) = (ModelText.Print(model), rows);
        foreach (Parameter parameter in model.Named.AllParameters)
        {
            Parameters += parameter.Shape.Size;
            TrainableParameters += parameter.IsTrainable ? parameter.Shape.Size : 0;
            ParameterBytes += (long)parameter.Shape.Size * parameter.DType.Size;
        }
        (MultiplyAdds, ResultBytes) = (trace?.MultiplyAdds, trace?.ResultBytes);
    }

    /// <summary>The model as the C# that builds it.</summary>
    public string Text { get; }

    /// <summary>The layers, outer ones before inner ones, in the order in which they run.</summary>
    public IReadOnlyList<ModelSummaryRow> Rows { get; }

    /// <summary>How many numbers the model has learned or will learn.</summary>
    public long Parameters { get; }

    /// <summary>Those of them that training changes.</summary>
    public long TrainableParameters { get; }

    /// <summary>Bytes of all parameters.</summary>
    public long ParameterBytes { get; }

    /// <summary>Multiply-adds to predict one sample; null when the input's shape is not known.</summary>
    public long? MultiplyAdds { get; }

    /// <summary>Bytes of all results for one sample; null when the input's shape is not known.</summary>
    public long? ResultBytes { get; }

    /// <summary>Follows one sample through a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="input">The shape of a sample, without the batch axis.</param>
    /// <param name="type">The type of a sample's numbers.</param>
    /// <exception cref="ShapeException">The layers do not fit the sample or each other.</exception>
    public static ModelSummary Of(Layer model, Shape input, DType type = DType.Float32)
    {
        var trace = new ShapeTrace();
        trace.Follow(() => model.Forward(ShapeTrace.Input([1, .. input], type)));
        Dictionary<string, Layer> layers = model.Named.AllLayers.ToDictionary(layer => layer.Path);
        return new(model, [.. trace.Rows.Select(row => Row(row, layers.GetValueOrDefault(row.Path)))], trace);
    }

    /// <summary>A summary without outputs, for a model whose input is not known.</summary>
    public static ModelSummary Of(Layer model) => new(model,
        [.. model.Named.AllLayers.Select(layer => Row(new(layer.Path, layer.ToString()!, [], [], 0), layer) with
        {
            Output = null,
        })], null);

    /// <summary>The model's text, then a table of plain text.</summary>
    public override string ToString() => ModelSummaryTable.Write(this);

    static ModelSummaryRow Row(ShapeTraceRow row, Layer? layer)
    {
        bool isMadeOfOthers = layer?.Named.AllLayers.Count > 1;
        string text = isMadeOfOthers ? row.Text.Split('(')[0] : row.Text;
        long parameters = layer?.Named.AllParameters.Sum(parameter => (long)parameter.Shape.Size) ?? 0;
        return new(row.Path, text, row.Output, parameters, row.MultiplyAdds);
    }
}
