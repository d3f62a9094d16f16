using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Hondo.Tuning;

namespace Hondo.Dashboard.Runs;

/// <summary>The studies that the dashboard shows, by their ids: the browser never names a file.</summary>
/// <param name="folder">The folder of the study files.</param>
sealed class StudyStore(string folder)
{
    const int Most = 200;

    /// <summary>What there is to choose from.</summary>
    public string List() => new JsonObject
    {
        ["studies"] = new JsonArray([.. All().Select(one => (JsonNode)new JsonObject
        {
            ["id"] = one.Id, ["name"] = one.Name,
        })]),
    }.ToJsonString();

    /// <summary>Everything about a study; null when there is none of this id.</summary>
    public string? Find(string id)
    {
        if (All().FirstOrDefault(one => one.Id == id) is not { File: not null } found)
            return null;
        using var storage = new SqliteStorage(found.File);
        var study = Study.Open(storage, found.Name);
        return StudyExport.NodeOf(study, study.Trials).ToJsonString();
    }

    IEnumerable<(string Id, string File, string Name)> All()
    {
        if (!Directory.Exists(folder))
            yield break;
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles("*.db").Where(file =>
            file.LinkTarget is null)
            .OrderByDescending(file => file.LastWriteTimeUtc).Take(Most))
            foreach (string name in NamesIn(file.FullName))
                yield return (IdOf(file.FullName, name), file.FullName, name);
    }

    static string IdOf(string file, string name) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{file}\n{name}")))[..16];

    // A file of another kind with this ending is none of ours.
    static IReadOnlyList<string> NamesIn(string file)
    {
        try
        {
            using var storage = new SqliteStorage(file);
            return [.. storage.List().Select(one => one.Name)];
        }
        catch (IOException)
        {
            return [];
        }
    }
}
