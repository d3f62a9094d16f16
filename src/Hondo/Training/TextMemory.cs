using Hondo.Data;
using Hondo.Layers;

namespace Hondo.Training;

/// <summary>Gives a model that reads a text a memory from window to window.</summary>
static class TextMemory
{
    /// <summary>A memory for the streams of a text; null for data whose batches do not follow each other.</summary>
    public static RecurrentState? MemoryFor(this Batches batches, Layer model) =>
        batches.Data.Features is TokenWindows text && new RecurrentState(model, text.Layout.Streams) is { IsUsed: true }
            memory ? memory : null;
}
