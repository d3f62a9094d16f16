#:property PublishAot=false
#:property TieredPGO=false
#:project ../src/Hondo.Classical/Hondo.Classical.csproj
#:project ../src/Hondo.Data/Hondo.Data.csproj
// How long a support vector machine with an RBF kernel is trained on 5,000 digits of 8 by 8 pixels, beside
// scikit-learn's SVC (Debian's python3-sklearn), in turn; and what both say to 1,000 others. MNIST, averaged over 4 by
// 4 pixels; both sides read the same file.
//   dotnet run -c Release benchmarks/svm.cs [ROUNDS]
using System.Diagnostics;
using System.Globalization;
using Hondo.Classical;
using Hondo.Data;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int Training = 5000, Others = 1000, Side = 8;
const string Python = """
    import sys, time
    import numpy as np
    from sklearn.svm import SVC
    rows = np.loadtxt(sys.argv[1], delimiter=",")
    y, x = rows[:, 0].astype(int), rows[:, 1:]
    svc = SVC(kernel="rbf", C=1, gamma="scale")
    wall, cpu = time.perf_counter(), time.process_time()
    svc.fit(x[:5000], y[:5000])
    print(time.perf_counter() - wall, time.process_time() - cpu, (svc.predict(x[5000:]) == y[5000:]).mean())
    """;
int rounds = args.Length > 0 ? int.Parse(args[0]) : 5;
(double[] pixels, int[] labels) = Digits();
string file = Path.GetTempFileName();
File.WriteAllLines(file, labels.Select((label, i) => $"{label},{string.Join(',', pixels[(i * 64)..(i * 64 + 64)])}"));
double[] walls = new double[rounds], cpus = new double[rounds];
Ours();
for (int round = 0; round < rounds; round++)
{
    double[] theirs = Theirs(file), ours = Ours();
    (walls[round], cpus[round]) = (ours[0] / theirs[0], ours[1] / theirs[1]);
    Console.WriteLine($"round {round + 1}: scikit-learn {theirs[0]:F3} s ({theirs[1]:F3} of a processor, "
        + $"{100 * theirs[2]:F1} % right), Hondo {ours[0]:F3} s ({ours[1]:F3}, {100 * ours[2]:F1} %)");
}
File.Delete(file);
Console.WriteLine($"Hondo takes {Median(walls):F2} of its time, {Median(cpus):F2} of its processor time (median of "
    + $"{rounds})");

double[] Ours()
{
    var x = new FeatureMatrix(pixels[..(Training * 64)], 64);
    var svm = new Svm(new RbfKernel());
    TimeSpan cpu = Environment.CpuUsage.TotalTime;
    long start = Stopwatch.GetTimestamp();
    svm.Fit(x, labels.AsSpan(0, Training));
    double wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
    double busy = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
    int[] said = svm.Predict(new FeatureMatrix(pixels[(Training * 64)..], 64));
    return [wall, busy, said.Zip(labels[Training..]).Count(pair => pair.First == pair.Second) / (double)Others];
}

double[] Theirs(string rows)
{
    using var process = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Python, rows])
    {
        RedirectStandardOutput = true,
        Environment = { ["OMP_NUM_THREADS"] = "2" },
    })!;
    string said = process.StandardOutput.ReadToEnd();
    return [.. said.Split(' ').Select(number => double.Parse(number))];
}

(double[], int[]) Digits()
{
    Dataset mnist = Datasets.Find("mnist").Open().Train;
    float[] picture = new float[28 * 28];
    double[] all = new double[(Training + Others) * Side * Side];
    for (int i = 0; i < Training + Others; i++)
    {
        mnist.CopySample(i, picture);
        // 28 pixels in a frame of 2 are 32, so 8 times 4.
        for (int p = 0; p < picture.Length; p++)
            all[i * 64 + (p / 28 + 2) / 4 * Side + (p % 28 + 2) / 4] += picture[p];
    }
    return (all, [.. Enumerable.Range(0, Training + Others).Select(mnist.Label)]);
}

static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
