using System.Collections;
using System.Globalization;
using Hondo.Autograd;
using Hondo.Charts;
using Hondo.Data;
using Hondo.Insights;
using Hondo.Layers;
using Hondo.Metrics;
using Hondo.Serialization;
using Hondo.Tensors;
using Hondo.Training;

namespace Hondo.Notebooks;

/// <summary>How values look in a notebook. A type of one's own implements <see cref="IRich"/>; one of another's gets a
/// line <c>Rich.Register&lt;T&gt;(x => …)</c>.</summary>
public static class Rich
{
    static readonly Dictionary<Type, Func<object, MimeBundle>> Known = new()
    {
        [typeof(Chart)] = value => OfChart((Chart)value),
        [typeof(History)] = value => HistoryView.Of((History)value),
        [typeof(ConfusionMatrix)] = value => ConfusionView.Of((ConfusionMatrix)value),
        [typeof(ComputationGraph)] = value => new MimeBundle(value.ToString()!)
            .With("image/svg+xml", Spoken.Drawing(((ComputationGraph)value).ToSvg())),
        [typeof(ModelSummary)] = value => SummaryView.Of((ModelSummary)value),
        [typeof(Layer)] = value => new(ModelText.Print((Layer)value)),
        [typeof(Tensor)] = value => TensorView.Of((Tensor)value),
    };

    /// <summary>Makes the files of pictures; the host of the notebooks says how.</summary>
    public static IPictureFormat? PictureFormat { get; set; }

    /// <summary>Says how values of a type look.</summary>
    public static void Register<T>(Func<T, MimeBundle> form) where T : notnull =>
        Known[typeof(T)] = value => form((T)value);

    /// <summary>A value in the forms that a notebook shows.</summary>
    public static MimeBundle Of(object? value)
    {
        if (value is null)
            return new("null");
        if (value is MimeBundle bundle)
            return bundle;
        if (value is IRich rich)
            return rich.ToRich();
        for (Type? type = value.GetType(); type is not null; type = type.BaseType)
            if (Known.TryGetValue(type, out Func<object, MimeBundle>? form))
                return form(value);
        return value switch
        {
            string text => new(text),
            IFormattable number when value.GetType().IsPrimitive || value is decimal =>
                new(number.ToString(null, CultureInfo.InvariantCulture)),
            IEnumerable list => ListView.Of(list),
            _ => new(value.ToString() ?? ""),
        };
    }

    static MimeBundle OfChart(Chart chart) =>
        new MimeBundle(Spoken.Text($"{chart.Title} (chart)")).With("image/svg+xml", Spoken.Drawing(chart.ToSvg()));
}
