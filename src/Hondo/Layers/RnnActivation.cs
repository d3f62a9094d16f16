namespace Hondo.Layers;

/// <summary>What a simple recurrent unit does with its sum.</summary>
public enum RnnActivation
{
    /// <summary>tanh.</summary>
    Tanh,

    /// <summary>max(sum, 0).</summary>
    Relu,
}
