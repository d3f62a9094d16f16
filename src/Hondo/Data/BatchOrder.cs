namespace Hondo.Data;

/// <summary>The order in which an epoch goes through the samples.</summary>
public enum BatchOrder
{
    /// <summary>An order of its own for each (seed, epoch): for training.</summary>
    Shuffled,

    /// <summary>As they are stored: for measuring and predicting.</summary>
    AsStored,
}
