namespace Hondo.Storage;

/// <summary>
/// The five things that a durable write asks of a disk; tests put a failing or a forgetful one in its place.
/// </summary>
interface IDisk
{
    /// <summary>Makes a file that does not exist yet.</summary>
    Stream Create(string path);

    /// <summary>Returns when everything written is on the disk.</summary>
    void Flush(Stream file);

    /// <summary>Gives a file a name, in place of the file that has it.</summary>
    void Rename(string from, string to);

    /// <summary>Returns when the names in a folder are on the disk.</summary>
    void FlushFolder(string folder);

    /// <summary>Removes a file if there is one.</summary>
    void Delete(string path);
}
