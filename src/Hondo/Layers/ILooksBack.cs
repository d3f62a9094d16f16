namespace Hondo.Layers;

/// <summary>
/// A layer that looks at earlier steps and can keep what it needs of them, so that reading one more step does not read
/// all others again (a key and value cache). Training never uses it: each window of a text stands for itself.
/// </summary>
public interface IKeyValueCached
{
    /// <summary>Where the steps read so far are kept, while one step is read at a time; null reads whole sequences.
    /// </summary>
    KeyValueCache? Past { get; set; }

    /// <summary>A past without steps.</summary>
    /// <param name="length">The most steps that it can hold.</param>
    KeyValueCache NewPast(int length);
}
