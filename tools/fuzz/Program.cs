// What hostile arguments, files and threads do to Hondo:
//   dotnet run --project tools/fuzz -- calls [5000] | readers [200000 [NAME..]] | predictor [100000] | short [60]
// Each ends with its figures on one line, and with exit code 1 when something was wrong. 'try NAME SEED I' repeats one.

using System.Diagnostics;
using System.Globalization;
using Hondo.Fuzz;
using Hondo.Fuzz.Calls;
using Hondo.Fuzz.Readers;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
// What a reader took it measures itself, two seconds at most; the first one starts the runtime too, and on a busy
// machine the processor's time of a try may double: here only what does not end is to be found.
TimeSpan longestCall = TimeSpan.FromSeconds(10), longestRead = TimeSpan.FromSeconds(8);
return args switch
{
    ["calls"] => Sweep(new CallTrial(), 5000, 1, longestCall),
    ["calls", var count] => Sweep(new CallTrial(), Number(count), 1, longestCall),
    ["calls", var count, var seed] => Sweep(new CallTrial(), Number(count), (int)Number(seed), longestCall),
    ["readers"] => Readers(200_000, []),
    ["readers", var count, .. var names] => Readers(Number(count), names),
    ["predictor"] => SharedPredictor.Run(100_000),
    ["predictor", var requests] => SharedPredictor.Run((int)Number(requests)),
    ["short"] => Short(60),
    ["short", var seconds] => Short(Number(seconds)),
    ["child", var name, var seed, var from, var to, var progress] =>
        Worker.RunChild(Named(name), (int)Number(seed), Number(from), Number(to), progress),
    ["describe", var name, var seed, var i] => Describe(name, seed, i),
    ["try", var name, var seed, var i] => Describe(name, seed, i) + Try(name, seed, i),
    _ => Usage(),
};

int Sweep(ITrial trial, long count, int seed, TimeSpan limit)
{
    var worker = new Worker(trial, seed, limit);
    worker.Run(0, count);
    Console.WriteLine($"{trial.Name}: {count} tried, {worker.Refused} refused, {worker.Faults} wrong, {worker.Crashes} "
        + $"crashes, {worker.Hangs} hangs");
    return worker.Faults == 0 ? 0 : 1;
}

int Readers(long count, string[] names)
{
    int code = 0;
    foreach (Reader reader in ReaderList.All.Where(reader => names.Length == 0 || names.Contains(reader.Name)))
        code |= Sweep(reader, count, 1, longestRead);
    return code;
}

// As many rounds of some tries of everything as fit into the time, each with a seed of its own: the gate's form.
int Short(long seconds)
{
    var clock = Stopwatch.StartNew();
    int code = SharedPredictor.Run(500), seed = 1;
    for (; clock.Elapsed.TotalSeconds < seconds && code == 0; seed++)
        foreach (ITrial trial in (ITrial[])[new CallTrial(), .. ReaderList.All])
            if (clock.Elapsed.TotalSeconds < seconds)
                code |= Sweep(trial, 400, seed, trial is CallTrial ? longestCall : longestRead);
    return code;
}

static int Describe(string name, string seed, string i)
{
    Console.WriteLine(Named(name).Describe(Worker.RandomOf((int)Number(seed), Number(i))));
    return 0;
}

static int Try(string name, string seed, string i)
{
    string? fault = Named(name).Try(Worker.RandomOf((int)Number(seed), Number(i)), out bool wasRefused);
    Console.WriteLine(fault ?? (wasRefused ? "refused" : "fine"));
    return fault is null ? 0 : 1;
}

static ITrial Named(string name) => ((ITrial[])[new CallTrial(), .. ReaderList.All]).First(one => one.Name == name);

static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("fuzz calls [COUNT [SEED]] | readers [COUNT [NAME..]] | predictor [REQUESTS] | short "
        + "[SECONDS]");
    return 2;
}
