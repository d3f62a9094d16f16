// What hostile arguments, files and threads do to Hondo:
//   dotnet run --project tools/fuzz -- calls [5000] | readers [200000] [NAME..] | predictor [100000]
// Each ends with its figures on one line, and with exit code 1 when something was wrong. 'try NAME SEED I' repeats one.

using System.Globalization;
using Hondo.Fuzz;
using Hondo.Fuzz.Calls;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
return args switch
{
    ["calls", .. var rest] => Sweep(new CallTrial(), rest is [var count, ..] ? long.Parse(count) : 5000,
        rest is [_, var seed] ? int.Parse(seed) : 1),
    ["child", var name, var seed, var from, var to, var progress] =>
        Worker.RunChild(Named(name), int.Parse(seed), long.Parse(from), long.Parse(to), progress),
    ["describe", var name, var seed, var i] => Say(Named(name).Describe(Worker.RandomOf(int.Parse(seed), long.Parse(i)))),
    ["try", var name, var seed, var i] => Say(
        Named(name).Describe(Worker.RandomOf(int.Parse(seed), long.Parse(i))) + "\n"
        + Named(name).Try(Worker.RandomOf(int.Parse(seed), long.Parse(i)), out _)),
    _ => Say("fuzz calls [COUNT [SEED]]"),
};

static int Sweep(ITrial trial, long count, int seed)
{
    var worker = new Worker(trial, seed, TimeSpan.FromSeconds(10));
    worker.Run(0, count);
    foreach (string fault in worker.Faults)
        Console.WriteLine(fault);
    Console.WriteLine($"{trial.Name}: {count} tried, {worker.Refused} refused, {worker.Faults.Count} wrong, "
        + $"{worker.Crashes} crashes, {worker.Hangs} hangs");
    return worker.Faults.Count == 0 ? 0 : 1;
}

static ITrial Named(string name) => name == "calls" ? new CallTrial() : throw new ArgumentException(name);

static int Say(string text)
{
    Console.WriteLine(text);
    return 0;
}
