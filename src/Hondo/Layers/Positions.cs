using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Layers;

/// <summary>What layers that add a row to each step share.</summary>
static class Positions
{
    /// <summary>How many steps the sequences have.</summary>
    /// <exception cref="ShapeException">They are not [batch, time, features].</exception>
    public static int StepsOf(Layer layer, Tensor x, int features) =>
        x.Shape is [_, var steps, var last] && last == features ? steps
            : throw new ShapeException($"{layer} needs sequences [batch, time, features {features}], but got "
                + $"{AxisNames.Describe(x.Shape)}. Put an Embedding before it, or change its features.");

    /// <summary>Adds the first rows of a table, or with a past the row of the next step.</summary>
    public static Tensor Add(Tensor x, Tensor table, KeyValueCache? past)
    {
        if (past is not null)
        {
            past.Add([]);
            return x + table.Embedding(past.Place);
        }
        return x + (table.Shape[0] == x.Shape[1] ? table : table.SliceAxis(0, ..x.Shape[1]));
    }
}
