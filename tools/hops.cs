#:property PublishAot=false
#:property TieredCompilation=false
#:project ../src/Hondo
// How many calls lie between an op and its inner loop, as a debugger's stack shows them: dotnet run tools/hops.cs
// A process of its own computes, is stopped at a random moment, and says where it was: often in the inner loop. Some
// stop elsewhere, and stopping a thread may end its process, so that there are several tries. Exit code 1 when there
// are more calls than an op may have.
using System.Diagnostics;
using System.Runtime;
using Hondo.Kernels;
using Hondo.Ops;
using Hondo.Tensors;

const int Tries = 12;
(string Name, int Most, Func<Tensor> Compute)[] all =
[
    ("MatMul", 10, MatMul(512)),
    // By Winograd's algorithm, whose inner loop is that of a matrix product, 3×3; a loop of its own, 5×5.
    ("Conv2d 5×5", 12, Conv2d(5, 32, 64)),
    ("Conv2d 3×3", 12, Conv2d(3, 32, 64)),
];
if (args is [string which])
{
    foreach (string frame in Stop(all.First(one => one.Name == which).Compute))
        Console.WriteLine(frame);
    return 0;
}
int tooMany = 0;
foreach (var (name, most, _) in all)
{
    string[] frames = [.. Enumerable.Range(0, Tries).Select(_ => Child(name)).FirstOrDefault(IsInLoop) ?? []];
    Console.WriteLine($"{name}: {frames.Length} calls of {most} (0: it never stopped in its inner loop)"
        + string.Concat(frames.Select(frame => $"\n    {frame}")));
    tooMany += frames.Length > most || frames.Length == 0 ? 1 : 0;
}
return tooMany;

static Func<Tensor> MatMul(int n)
{
    Tensor a = Tensor.Of(new float[n * n], [n, n]), b = Tensor.Of(new float[n * n], [n, n]);
    return () => a.MatMul(b);
}

static Func<Tensor> Conv2d(int kernel, int inputs, int outputs)
{
    Tensor x = Tensor.Of(new float[8 * 32 * 32 * inputs], [8, 32, 32, inputs]);
    Tensor w = Tensor.Of(new float[kernel * kernel * inputs * outputs], [kernel, kernel, inputs, outputs]);
    return () => x.Conv2d(w);
}

// The loops over the rows of a tile have their numbers for names.
static bool IsInLoop(string[] frames) => frames is [string first, ..]
    && first.Contains("TileKernel", StringComparison.Ordinal);

static string[] Stop(Func<Tensor> compute)
{
    // One thread: another would go on in memory that the one that was stopped has left.
    Workers.Count = 1;
    compute();
    string[] frames = [];
    // Only the first stop of a thread comes at once; later ones wait for the next allocation.
    var thread = new Thread(() =>
    {
        using var stop = new CancellationTokenSource(30);
        try
        {
#pragma warning disable SYSLIB0046 // It is why this is a process of its own.
            ControlledExecution.Run(() => Interrupted(compute, where => frames = where), stop.Token);
#pragma warning restore SYSLIB0046
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }
    });
    thread.Start();
    thread.Join();
    return frames;
}

static void Interrupted(Func<Tensor> compute, Action<string[]> tell)
{
    try
    {
        for (; ; )
            compute();
    }
    catch (ThreadAbortException stopped)
    {
        // Told here: at the end of this block the thread is stopped once more.
        tell([.. new StackTrace(stopped).GetFrames().Select(frame => frame.GetMethod()!)
            .TakeWhile(method => !method.Name.Contains("Main", StringComparison.Ordinal))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")]);
    }
}

static string[] Child(string name)
{
    using Process child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [name])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
    Task<string> errors = child.StandardError.ReadToEndAsync();
    string said = child.StandardOutput.ReadToEnd();
    if (!child.WaitForExit(TimeSpan.FromSeconds(30)))
        child.Kill();
    _ = errors.Wait(TimeSpan.FromSeconds(5));
    return said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
