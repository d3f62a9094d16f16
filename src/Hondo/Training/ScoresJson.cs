using System.Text.Json;

namespace Hondo.Training;

/// <summary>Scores and epochs as JSON: one form in every file and on every line.</summary>
public static class ScoresJson
{
    /// <summary>The properties of an epoch, into an object that is open.</summary>
    public static void WriteTo(this EpochRecord epoch, Utf8JsonWriter json)
    {
        json.WriteNumber("epoch", epoch.Epoch);
        json.WriteNumber("seconds", Math.Round(epoch.Seconds, 3));
        json.WriteNumber("learningRate", epoch.LearningRate);
        json.WriteNumber("step", epoch.Steps);
        json.Write("train", epoch.Train);
        if (epoch.Dev is not null)
            json.Write("dev", epoch.Dev);
    }

    /// <summary>A property that holds scores.</summary>
    public static void Write(this Utf8JsonWriter json, string property, Scores scores)
    {
        json.WriteStartObject(property);
        foreach ((string name, double value) in scores)
            json.WriteFinite(name, value);
        json.WriteEndObject();
    }

    /// <summary>A number; null when it is NaN or infinite, which JSON has no word for.</summary>
    public static void WriteFinite(this Utf8JsonWriter json, string property, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(property, value);
        else
            json.WriteNull(property);
    }
}
