namespace Hondo.Onnx.Tests;

/// <summary>A test that needs files beside the data sets: skipped, with the reason, where they are not.</summary>
sealed class SharedFactAttribute : FactAttribute
{
    /// <param name="path">A folder or file under the folder that holds the data sets' folder.</param>
    public SharedFactAttribute(string path) => Skip = Shared.Missing(path);
}

/// <summary>A test with several inputs that needs files beside the data sets.</summary>
sealed class SharedTheoryAttribute : TheoryAttribute
{
    /// <param name="path">A folder or file under the folder that holds the data sets' folder.</param>
    public SharedTheoryAttribute(string path) => Skip = Shared.Missing(path);
}

/// <summary>Files that tests read when they are there.</summary>
static class Shared
{
    /// <summary>The folder that holds data/ and onnx/, or null.</summary>
    public static string? Home { get; } = Environment.GetEnvironmentVariable("HONDO_DATA") is { Length: > 0 } data
        ? Path.GetDirectoryName(Path.GetFullPath(data).TrimEnd('/'))
        : null;

    /// <summary>Why a test cannot run, or null.</summary>
    public static string? Missing(string path) => Home is null
        ? "HONDO_DATA is not set: it names the folder of data sets, beside which onnx/ lies."
        : Path.Exists(At(path)) ? null : $"There is no {path} beside the data sets.";

    /// <summary>A path under it.</summary>
    public static string At(string path) => Path.Combine(Home ?? "", path);
}
