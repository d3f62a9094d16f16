using System.CommandLine;
using System.IO.Compression;
using Hondo.Cli.Output;
using Hondo.Cli.Runs;
using Hondo.Serialization;

namespace Hondo.Cli.Verbs;

/// <summary><c>hondo runs export</c> and <c>delete</c>: a run as one file, or gone.</summary>
static class RunsFiles
{
    public static Command Export(Terminal terminal)
    {
        Argument<string> which = RunsVerb.Run();
        var file = new Argument<string>("FILE") { Description = "the .zip file to write" };
        var command = new Command("export", "Put a whole run into one .zip file.") { which, file };
        command.SetAction(parsed =>
        {
            SavedRun run = RunStore.Need(parsed.GetValue(which)!);
            string target = parsed.GetValue(file)!;
            if (File.Exists(target) || Directory.Exists(target))
                throw new IOException($"{target} exists already. Choose another name, or delete it.");
            // A lock cannot be read while a training holds it, and says nothing.
            string[] files = [.. Directory.GetFiles(run.Path, "*", new EnumerationOptions
            {
                RecurseSubdirectories = true,
                AttributesToSkip = FileAttributes.ReparsePoint,
            }).Where(file => Path.GetFileName(file) != RunPlace.LockName).Order(StringComparer.Ordinal)];
            DurableFile.Write(target, stream => Pack(run, files, stream));
            terminal.Out.WriteLine(PlainText.Of(target));
        });
        return command;
    }

    static void Pack(SavedRun run, string[] files, Stream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (string file in files)
            zip.CreateEntryFromFile(file,
                $"{run.Name}/{Path.GetRelativePath(run.Path, file).Replace('\\', '/')}");
    }

    public static Command Delete(Terminal terminal)
    {
        Argument<string> which = RunsVerb.Run();
        var yes = new Option<bool>("--yes") { Description = "do not ask" };
        var command = new Command("delete", "Delete a run: folder, model and all.") { which, yes };
        command.SetAction(parsed =>
        {
            SavedRun run = RunStore.Need(parsed.GetValue(which)!);
            if (new DirectoryInfo(run.Path).LinkTarget is not null)
                throw new IOException($"{PlainText.Of(run.Path)} is a link to a run. Delete the folder that it "
                    + "points to, or remove the link.");
            RunPlace.CheckFree(run.Path);
            if (!parsed.GetValue(yes) && !Asked(run, terminal))
            {
                terminal.Out.WriteLine("Nothing was deleted.");
                return 1;
            }
            Directory.Delete(run.Path, recursive: true);
            terminal.Out.WriteLine(PlainText.Of($"{run.Path} is deleted"));
            return 0;
        });
        return command;
    }

    static bool Asked(SavedRun run, Terminal terminal)
    {
        terminal.Error.Write(PlainText.Of(
            $"Delete {run.Path} ({run.Status}, {Wrapping.Count(run.Epochs.Count, "epoch")})? y/N: "));
        return terminal.In.ReadLine()?.Trim() is "y" or "Y" or "yes";
    }
}
