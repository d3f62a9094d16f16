namespace Hondo.Initializers;

/// <summary>Which side of a layer an initializer keeps in balance.</summary>
public enum Fan
{
    /// <summary>The inputs of each unit: activations keep their variance going forward.</summary>
    In,

    /// <summary>The outputs that each unit feeds: gradients keep their variance going backward.</summary>
    Out,
}
