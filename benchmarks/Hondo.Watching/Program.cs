// What watching costs a training: the smallest MLP of the benchmarks on MNIST ($HONDO_DATA). In one training, in one
// place in memory, short pieces are watched and bare in turn.
//   watch   progress, metrics, event files, diagnosis, steering, the report's figures, and a dashboard that a client
//           reads; bare pieces beside bare ones show what chance does; what checkpoints and the report cost is told
//           apart
//   attack  watched pieces, in turn while another process attacks the dashboard and while it does not
//   terminal  the command line at a pseudo terminal, in turn with its bar and without: the first sign of life,
//           updates a second, what the bar's threads run of an epoch's processor time, which a busy machine does not
//           change (--program ./hondo, --rounds 6, --epochs 6; Linux)
//   show FILE   what a file of --keep says
//   dotnet run -c Release --project benchmarks/Hondo.Watching -- watch|attack [--seconds N] [--threads N] [--keep FILE]
// --keep adds the pieces to a file and counts all that are in it: many short runs in quiet moments are as good as one.
// --attackers-on CORE binds the attackers to a core (Linux).
using System.Globalization;
using Hondo.Kernels;
using Hondo.Watching;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string Option(string name, string usual) => Array.IndexOf(args, name) is >= 0 and var i ? args[i + 1] : usual;
switch (args)
{
    case ["attackers", var address]:
        await Attackers.ObeyAsync(new(address));
        return 0;
    case ["show", var file]:
        Verdict.Print(PieceFile.Keep(file, []));
        return 0;
    case ["terminal", ..]:
        return TerminalShow.Compare(Path.GetFullPath(Option("--program", "./hondo")),
            int.Parse(Option("--rounds", "6")), int.Parse(Option("--epochs", "6")));
    case ["watch" or "attack", ..]:
        Workers.Count = int.Parse(Option("--threads", $"{Environment.ProcessorCount}"));
        await using (Session session = await Session.StartAsync())
        {
            using Attackers? attackers = args[0] == "attack"
                ? Attackers.Start(session.Address, Option("--attackers-on", ""))
                : null;
            var turns = new Turns(session, attackers, double.Parse(Option("--seconds", "20")));
            session.Train(turns);
            Verdict.Print(PieceFile.Keep(Option("--keep", ""), turns.Pieces));
            if (attackers is null)
                session.PrintSaving(turns.EpochSeconds);
        }
        return 0;
    default:
        Console.Error.WriteLine("Say watch, attack, terminal or show.");
        return 2;
}
