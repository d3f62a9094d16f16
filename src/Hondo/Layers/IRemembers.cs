namespace Hondo.Layers;

/// <summary>
/// A layer that reads a sequence step by step and can go on where it stopped: what it knew at the end of one window is
/// where the next one starts (truncated backpropagation through time, Williams and Peng 1990).
/// </summary>
public interface IStateful
{
    /// <summary>Where the next forward starts and its end is kept; null to start from zeros each time.</summary>
    LayerState? Memory { get; set; }

    /// <summary>A memory of zeros.</summary>
    /// <param name="streams">How many sequences are read side by side.</param>
    LayerState NewMemory(int streams);
}
