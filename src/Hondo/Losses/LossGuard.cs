using Hondo.Tensors;

namespace Hondo.Losses;

/// <summary>Refuses what would train, but not what was meant.</summary>
static class LossGuard
{
    /// <summary>Refuses shapes that arithmetic would silently broadcast.</summary>
    public static void SameShape(Loss loss, Tensor output, Tensor target)
    {
        if (output.Shape == target.Shape)
            return;
        string mend = output.Size == target.Size
            ? $"Reshape the targets to {output.Shape}: as they are, broadcasting would compare every output with every "
                + "target."
            : "Give the model's last layer as many outputs as a target has numbers.";
        throw new ShapeException(
            $"{loss} got outputs {output.Shape} and targets {target.Shape}: they must have one shape. {mend}");
    }

    /// <summary>
    /// Refuses the output of a layer that the loss holds already: the gradient would be a wrong and small one.
    /// </summary>
    public static void NotAfter(Loss loss, Tensor output, string op)
    {
        if (output.Node.Name != op)
            return;
        string where = output.Node.LayerPath is { } path ? $" (layer {path})" : "";
        throw new InvalidOperationException(
            $"{loss} got the output of {op}{where}, but it applies {op} itself: the model would "
            + $"learn slowly and badly. Remove {op}() from the model's end; where you want probabilities, "
            + "ask the loss: "
            + "loss.Predict(output).");
    }
}
