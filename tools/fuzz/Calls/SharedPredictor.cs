using Hondo.Inference;
using Hondo.Models;
using Hondo.Tensors;

namespace Hondo.Fuzz.Calls;

/// <summary>
/// One predictor asked by many threads at once: every answer is compared with that of a thread alone.
/// </summary>
static class SharedPredictor
{
    const int Threads = 8, Rows = 257;

    public static int Run(int requests)
    {
        int wrong = Count("lenet5", requests / 2, out long first) + Count("mlp(hidden: [32])", requests - requests / 2,
            out long second);
        Console.WriteLine($"predictor: {Threads} threads x {requests} requests, {wrong} wrong rows of "
            + $"{first + second}");
        return wrong == 0 ? 0 : 1;
    }

    static int Count(string text, int requests, out long rows)
    {
        var predictor = new Predictor(ModelCatalog.Parse(text, [28, 28, 1], 10));
        Tensor[] inputs = [.. Enumerable.Range(0, Rows).Select(Input)];
        float[][] expected = [.. inputs.Select(x => predictor.Forward(x).ToArray<float>())];
        int wrong = 0;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            for (int i = 0; i < requests; i++)
            {
                int row = (int)((i * 31L + thread * 101) % Rows);
                if (!predictor.Forward(inputs[row]).Values<float>().SequenceEqual(expected[row]))
                    Interlocked.Increment(ref wrong);
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        rows = (long)Threads * requests;
        return wrong;
    }

    static Tensor Input(int row)
    {
        var random = new Random(row);
        return Tensor.Of([.. Enumerable.Range(0, 784).Select(_ => random.NextSingle())], [1, 28, 28, 1]);
    }
}
