using Hondo.Inference;
using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Tests.Inference;

public sealed class SharedPredictorTests
{
    const int Threads = 8, Requests = 300, Rows = 64;

    public static TheoryData<string> Models => ["planned", "layer by layer"];

    // A convolutional network has a plan; softmax is run layer by layer.
    static Layer Model(string kind) => kind == "planned"
        ? new Sequential(new Conv2d(1, 4, kernel: 3, padding: 1), new Relu(), new MaxPool2d(2), new Flatten(),
            new Linear(36, 5))
        : new Sequential(new Flatten(), new Linear(36, 7), new Relu(), new Linear(7, 5), new Softmax());

    static Tensor Row(int row) =>
        Tensor.Of([.. Enumerable.Range(0, 36).Select(i => MathF.Sin(i + 37 * row))], [1, 6, 6, 1]);

    [Theory]
    [MemberData(nameof(Models))]
    public void Many_threads_get_the_answers_to_their_own_questions(string kind)
    {
        var predictor = new Predictor(Model(kind));
        float[][] expected = [.. Enumerable.Range(0, Rows).Select(row => predictor.Forward(Row(row)).ToArray<float>())];
        int wrong = 0;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            for (int i = 0; i < Requests; i++)
            {
                int row = (i * 7 + thread * 13) % Rows;
                if (!predictor.Forward(Row(row)).Values<float>().SequenceEqual(expected[row]))
                    Interlocked.Increment(ref wrong);
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.Equal(0, wrong);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Any_number_of_rows_gives_the_bits_of_each_alone(string kind)
    {
        var predictor = new Predictor(Model(kind));
        float[][] alone = [.. Enumerable.Range(0, Rows).Select(row => predictor.Forward(Row(row)).ToArray<float>())];
        foreach (int count in (int[])[64, 33, 40, 7, 5, 3, 2, 1, 64, 17])
        {
            float[] all = [.. Enumerable.Range(0, count).SelectMany(row => Row(row).ToArray<float>())];
            Tensor x = Tensor.Of(all, [count, 6, 6, 1]), into = Tensor.Zeros([count, 5]);
            predictor.Forward(x, into);
            Assert.Equal([.. alone.Take(count).SelectMany(row => row)], into.ToArray<float>());
            Assert.Equal(into.ToArray<float>(), predictor.Forward(x).ToArray<float>());
        }
    }

    [Fact]
    public void An_answer_is_nobody_elses_memory()
    {
        var predictor = new Predictor(Model("planned"));
        Tensor first = predictor.Forward(Row(1));
        float[] before = first.ToArray<float>();
        predictor.Forward(Row(2));
        Assert.Equal(before, first.ToArray<float>());
    }
}
