#:sdk Microsoft.NET.Sdk.Web
#:property PublishAot=false
#:project ../src/Hondo.Serving
#:project ../src/Hondo.Datasets
// A web service: one model serves all requests, from any thread, and makes batches of those that come together. The
// program trains and saves it, starts the service, asks it from 16 clients at once, and compares each answer with that
// of the model itself.
using Hondo.Serving;

DataSplits digits = Datasets.Digits();
var model = new Sequential(new Flatten(), new Linear(784, 64), new Relu(), new Linear(64, 10));
new Trainer(model, new CrossEntropy(), new Adam(model.Parameters)) { Epochs = 2 }.Fit(new(digits.Train));
string path = Path.Combine(Directory.CreateTempSubdirectory("hondo-").FullName, "digits.safetensors");
ModelFile.Save(model, path, new() { InputShape = [28, 28, 1], ClassNames = digits.Train.Classes });

WebApplicationBuilder builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
// snippet: add
builder.Services.AddHondoModel(path, options =>
{
    options.MaxBatch = 32;
    options.MaxDelay = TimeSpan.FromMilliseconds(2);
});
// end
WebApplication app = builder.Build();
// snippet: post
app.MapPost("/digit", async (float[] pixels, HondoModel service, CancellationToken cancellation) =>
{
    Classification found = await service.ClassifyAsync(pixels, cancellation);
    return new Answer(found.Class, found.Probability);
});
// end
await app.StartAsync();

using var client = new HttpClient { BaseAddress = new(app.Urls.First()) };
int wrong = 0;
await Parallel.ForAsync(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, cancellation) =>
{
    var pixels = new float[784];
    digits.Test!.CopySample(i, pixels);
    HttpResponseMessage response = await client.PostAsJsonAsync("/digit", pixels, cancellation);
    Answer answer = (await response.Content.ReadFromJsonAsync<Answer>(cancellation))!;
    int expected = model.Forward(Tensor.Of(pixels, [1, 28, 28, 1])).ArgMax().ToArray<int>()[0];
    if (answer.Digit != digits.Test.Classes[expected])
        Interlocked.Increment(ref wrong);
});
await app.StopAsync();
File.Delete(path);
Console.WriteLine($"wrong answers of 400: {wrong} (wanted: 0)");
return wrong == 0 ? 0 : 1;

sealed record Answer(string Digit, double Probability);
