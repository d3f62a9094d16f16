using System.Globalization;
using Hondo.Serialization;

namespace Hondo.Torture;

/// <summary>The processes that save, to be killed or disturbed.</summary>
static class Saver
{
    /// <summary>The file beside the checkpoints that each step replaces, as a run does with its best model.</summary>
    public static string FileBeside(string folder) => Path.Combine(folder, "best.safetensors");

    /// <summary>Saves step after step from the newest on; says what it found to tidy, then each step when it is safe.
    /// </summary>
    public static int SaveForEver(string folder)
    {
        Directory.CreateDirectory(folder);
        var checkpoints = new CheckpointFolder(folder);
        DurableFile.RemoveLeftovers(folder);
        checkpoints.RemoveUnfinished();
        Say($"leftovers {Leftovers(folder)}");
        for (long step = Saved.Newest(folder, Console.Error.WriteLine) + 1; ; step++)
        {
            Saved.State(step).Write(FileBeside(folder));
            checkpoints.Save(step, Saved.Files(step));
            Say(step.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The same without care: the file is written where it is.</summary>
    public static int SaveInPlace(string folder)
    {
        Directory.CreateDirectory(folder);
        Say("leftovers 0");
        for (long step = 1; ; step++)
        {
            using (FileStream file = File.Create(FileBeside(folder)))
                Saved.State(step).Write(file);
            Say(step.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Saves a step for each line of input, always on one thread, whose number it says first.</summary>
    public static int SaveWhenTold(string folder)
    {
        using var told = new SemaphoreSlim(0);
        using var done = new SemaphoreSlim(0);
        string answer = "";
        long step = 0;
        var checkpoints = new CheckpointFolder(folder);
        void Work()
        {
            answer = Path.GetFileName(new FileInfo("/proc/thread-self").LinkTarget!);
            for (done.Release(); ; done.Release())
            {
                told.Wait();
                answer = Save(checkpoints, step);
            }
        }
        new Thread(Work) { IsBackground = true }.Start();
        done.Wait();
        Say(answer);
        while (Console.In.ReadLine() is { } line)
        {
            step = long.Parse(line, CultureInfo.InvariantCulture);
            told.Release();
            done.Wait();
            Say(answer);
        }
        return 0;
    }

    static string Save(CheckpointFolder checkpoints, long step)
    {
        try
        {
            checkpoints.Save(step, Saved.Files(step));
            return "saved";
        }
        catch (IOException error)
        {
            return error.Message.ReplaceLineEndings(" ");
        }
    }

    /// <summary>How much in a folder is neither a checkpoint's nor the file beside.</summary>
    public static int Leftovers(string folder) =>
        Directory.GetFiles(folder, "*.tmp", SearchOption.AllDirectories).Length
        + Directory.GetDirectories(folder).Count(inner => Directory.GetFiles(inner).Length != 3);

    static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
