#:property PublishAot=false
#:project ../src/Hondo.Datasets
// Data that come one by one, from a sensor, a database or a queue: any IEnumerable or IAsyncEnumerable is a data set.
// What does not fit into the given memory waits in a file; the numbers are the same for any.
// snippet: stream
Dataset stream = await SampleStream.OfAsync("sensor", Readings(20_000), reading => (reading.Values, reading.State),
    classes: ["calm", "windy", "storm"], memory: 64 << 10);
// end
Dataset small = SampleStream.Of("sensor", Readings(500, from: 20_000).ToBlockingEnumerable(),
    reading => (reading.Values, reading.State), classes: ["calm", "windy", "storm"]);

var model = new Sequential(new Linear(16, 32), new Relu(), new Linear(32, 3));
var trainer = new Trainer(model, new CrossEntropy(), new Adam(model.Parameters, 0.003)) { Epochs = 5, BatchSize = 64 };
trainer.Fit(new(stream, small));

double accuracy = trainer.Evaluate(small)["accuracy"];
Console.WriteLine($"{stream.Count:N0} readings of {stream.Sample}, accuracy {accuracy:P1} (wanted: 90 %)");
return accuracy >= 0.90 && stream.Count == 20_000 ? 0 : 1;

// A sensor: sixteen values whose spread says which state the weather is in.
static async IAsyncEnumerable<(float[] Values, int State)> Readings(int count, int from = 0)
{
    for (int i = from; i < from + count; i++)
    {
        if (i % 5_000 == 0)
            await Task.Yield();
        int state = i % 3;
        yield return (Tensor.RandomNormal([16], seed: 7, stream: (ulong)i, deviation: 0.3 + state).ToArray<float>(),
            state);
    }
}
