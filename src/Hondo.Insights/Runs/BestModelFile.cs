namespace Hondo.Insights;

/// <summary>
/// The file for which a training was done: whatever happened to the disk, its saving is tried hardest.
/// </summary>
static class BestModelFile
{
    /// <summary>Writes the model, in its folder, which may have been removed; older checkpoints make room.</summary>
    /// <exception cref="IOException">There is no way to write it.</exception>
    public static void Save(string path, Layer model, ModelCard card, CheckpointFolder checkpoints)
    {
        DurableFolder.Create(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            ModelFile.Save(model, path, card);
        }
        catch (IOException) when (checkpoints.RemoveAllButNewest() > 0)
        {
            ModelFile.Save(model, path, card);
        }
    }
}
