namespace Hondo.Tensors;

/// <summary>How dropout and batch norm behave inside a step.</summary>
public enum Mode : byte
{
    /// <summary>Dropout drops and batch norm uses the batch's statistics: the default inside a step.</summary>
    Training,

    /// <summary>Dropout does nothing and batch norm uses running statistics; gradients are still recorded.</summary>
    Inference,
}
