namespace Hondo.Insights;

/// <summary>
/// The file for which a training was done: whatever happened to the disk, its saving is tried hardest.
/// </summary>
/// <param name="path">Where.</param>
/// <param name="checkpoints">Those of the same run; older ones make room.</param>
sealed class BestModelFile(string path, CheckpointFolder checkpoints)
{
    /// <summary>Writes the model, in its folder, which may have been removed.</summary>
    /// <exception cref="IOException">There is no way to write it.</exception>
    public void Save(Layer model, ModelCard card)
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
