#:property PublishAot=false
// How long the examples are beside the same program in Keras or PyTorch: code lines, without blank lines, comments and
// doc strings. Of the other programs, which are their projects' own examples as far as there is one, plots and printing
// of sample data are left out as well, which ours have not; what they import from files beside them is not counted.
//   dotnet run benchmarks/lengths.cs
using System.Runtime.CompilerServices;

const double Wanted = 1.1;
string examples = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(Source()))!, "examples");
(string Ours, int Lines, string Theirs)[] pairs =
[
    ("autoencoder.cs", 34, "Keras: examples/vision/autoencoder.py, its first half"),
    ("denoising.cs", 42, "Keras: examples/vision/autoencoder.py, its second half"),
    ("vae.cs", 78, "Keras: examples/generative/vae.py"),
    ("gan.cs", 85, "Keras: examples/generative/dcgan_overriding_train_step.py"),
    ("wgan-gp.cs", 233, "Keras: examples/generative/wgan_gp.py"),
    ("siamese.cs", 84, "Keras: examples/vision/siamese_contrastive.py"),
    ("multi-label.cs", 78, "Keras: examples/nlp/multi_label_classification.py"),
    ("two-heads.cs", 78, "Keras: examples/keras_recipes/bayesian_neural_networks.py, without its Bayesian layers"),
    ("unet.cs", 104, "Keras: examples/vision/oxford_pets_image_segmentation.py"),
    ("seq2seq.cs", 125, "Keras: examples/nlp/lstm_seq2seq.py (no attention)"),
    ("forecasting.cs", 93, "Keras: examples/timeseries/timeseries_weather_forecasting.py"),
    ("tabular.cs", 119, "Keras: examples/structured_data/structured_data_classification_from_scratch.py"),
    ("k-fold.cs", 41, "Keras: Chollet's book, 3.7-predicting-house-prices.ipynb"),
    ("weight-tying.cs", 142, "PyTorch: examples/word_language_model/main.py (--tied)"),
    ("transfer.cs", 94, "PyTorch: tutorials, transfer_learning_tutorial.py, its fine-tuning with groups"),
    ("streaming.cs", 79, "Keras: examples/keras_recipes/tfrecord.py"),
    ("web-service.cs", 34, "PyTorch: tutorials, flask_rest_api_tutorial.py (a trained model; asks nothing itself)"),
    ("fsharp/Program.fs", 124, "PyTorch: examples/mnist/main.py"),
];
double[] ratios = [.. pairs.Select(pair =>
{
    int lines = File.ReadLines(Path.Combine(examples, pair.Ours))
        .Count(line => line.Trim() is { Length: > 0 } code && !code.StartsWith("//", StringComparison.Ordinal));
    Console.WriteLine($"{pair.Ours,-18} {lines,4} {pair.Lines,4} {(double)lines / pair.Lines,5:F2}  {pair.Theirs}");
    return (double)lines / pair.Lines;
}).Order()];
double median = (ratios[(ratios.Length - 1) / 2] + ratios[ratios.Length / 2]) / 2;
Console.WriteLine($"median of {ratios.Length}: {median:F2}, {ratios[0]:F2} to {ratios[^1]:F2} (wanted: {Wanted})");
return median <= Wanted ? 0 : 1;

static string Source([CallerFilePath] string path = "") => path;
