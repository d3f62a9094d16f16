using System.Text.Json;
using System.Text.Json.Nodes;
using Hondo.Serialization;

namespace Hondo.Notebooks;

/// <summary>What a kernel says of itself, and how Jupyter finds it.</summary>
public static class KernelInfo
{
    const string Name = "hondo";

    static readonly JsonSerializerOptions Style = new() { WriteIndented = true, IndentSize = 1, NewLine = "\n" };

    internal static JsonObject Reply() => new()
    {
        ["status"] = "ok",
        ["protocol_version"] = "5.3",
        ["implementation"] = Name,
        ["implementation_version"] = typeof(KernelInfo).Assembly.GetName().Version!.ToString(3),
        ["banner"] = "C# with Hondo",
        ["help_links"] = new JsonArray(),
        ["language_info"] = new JsonObject
        {
            ["name"] = "C#",
            ["version"] = "14.0",
            ["mimetype"] = "text/x-csharp",
            ["file_extension"] = ".cs",
            ["pygments_lexer"] = "csharp",
        },
    };

    /// <summary>Writes the description by which Jupyter and VS Code find the kernel.</summary>
    /// <param name="command">The command that starts it; the connection file follows.</param>
    /// <param name="prefix">A folder whose <c>share/jupyter</c> it goes into; the user's own when null.</param>
    /// <param name="isSpanish">True when Hondo's own words in what cells show are Spanish.</param>
    /// <returns>The folder.</returns>
    public static string Install(IReadOnlyList<string> command, string? prefix, bool isSpanish = false)
    {
        string folder = Path.Combine(prefix is null ? DataFolder() : Path.Combine(prefix, "share", "jupyter"),
            "kernels", Name);
        Directory.CreateDirectory(folder);
        var spec = new JsonObject
        {
            ["argv"] = new JsonArray([.. command.Append("{connection_file}").Select(JsonNode? (word) => word)]),
            ["display_name"] = "C# (Hondo)",
            ["language"] = "C#",
            ["interrupt_mode"] = "message",
            ["env"] = new JsonObject
            {
                ["HONDO_LANG"] = isSpanish ? "es" : "en",
                [WorkerProcess.NurseryVariable] = WorkerProcess.Nursery,
            },
        };
        DurableFile.WriteText(Path.Combine(folder, "kernel.json"), spec.ToJsonString(Style) + "\n");
        return folder;
    }

    static string DataFolder()
    {
        if (Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } given)
            return given;
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter")
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Jupyter")
            : Path.Combine(Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } data ? data
                : Path.Combine(home, ".local", "share"), "jupyter");
    }
}
