using System.Text.Json;

namespace Hondo.Race;

/// <summary>What one run of a training said.</summary>
/// <param name="Speed">Samples, characters or calls a second.</param>
/// <param name="Loss">The last loss.</param>
/// <param name="Megabytes">The most memory.</param>
sealed record Lap(double Speed, double Loss, double Megabytes)
{
    /// <summary>Reads the line that a contender wrote.</summary>
    public static Lap Read(JsonElement json) => new(
        json.TryGetProperty("samples_per_s", out JsonElement samples) ? samples.GetDouble()
            : json.TryGetProperty("chars_per_s", out JsonElement characters) ? characters.GetDouble()
            : 1000 / json.GetProperty("ms_per_call").GetDouble(),
        json.TryGetProperty("final_loss", out JsonElement loss) ? loss.GetDouble() : 0,
        json.GetProperty("peak_rss_mb").GetDouble());
}
