namespace Hondo.Training;

/// <summary>What the results of a watched layer are.</summary>
enum LayerKind
{
    /// <summary>Sums of products: what enters an activation.</summary>
    Sums,

    /// <summary>0 wherever a unit does not fire.</summary>
    Rectified,

    /// <summary>Flat near 0 and 1.</summary>
    Sigmoid,

    /// <summary>Flat near −1 and 1.</summary>
    Tanh,
}
