namespace Hondo.Insights;

/// <summary>
/// The file for which a training was done: whatever happened to the disk, its saving is tried hardest.
/// </summary>
static class BestModelFile
{
    /// <summary>Writes the model, in its folder, which may have been removed.</summary>
    /// <param name="path">Where.</param>
    /// <param name="model">The model.</param>
    /// <param name="card">What to say about it.</param>
    /// <param name="makeRoom">Removes older checkpoints; says how many.</param>
    /// <exception cref="IOException">There is no way to write it.</exception>
    public static void Save(string path, Layer model, ModelCard card, Func<int> makeRoom)
    {
        DurableFolder.Create(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            ModelFile.Save(model, path, card);
        }
        catch (IOException) when (makeRoom() > 0)
        {
            ModelFile.Save(model, path, card);
        }
    }
}
