#:property PublishAot=false
#:project ../src/Hondo.Classical/Hondo.Classical.csproj
#:project ../src/Hondo.Datasets
// The baselines of a deep network: a support vector machine, neighbours, clusters and principal components.
using Hondo.Classical;

// snippet: svm
DataSplits parts = Split.TrainAndTest.Of(Datasets.Iris().Train);
Normalization scale = Normalization.Fit(parts.Train);
FeatureMatrix x = FeatureMatrix.Of(parts.Train, scale), unseen = FeatureMatrix.Of(parts.Test!, scale);
int[] labels = FeatureMatrix.Labels(parts.Train), answers = FeatureMatrix.Labels(parts.Test!);

var svm = new Svm(new RbfKernel(), c: 1);
svm.Fit(x, labels);
Console.WriteLine($"{svm.Describe()}: {svm.Accuracy(unseen, answers):P1} right");
// end

// snippet: neighbors
var neighbors = new KNearestNeighbors(k: 5);
neighbors.Fit(x, labels);
KMeans clusters = KMeans.Fit(x, k: 3, seed: 1);
Console.WriteLine($"5 neighbours: {neighbors.Accuracy(unseen, answers):P1} right; {clusters}");
// end

// snippet: pca
Pca pca = Pca.Fit(x, components: 2);
FeatureMatrix codes = pca.Transform(x);                          // [rows, 2]
Console.WriteLine($"{pca}, {pca.ReconstructionError(x):F3} lost a row");
FeatureMatrix picture = new TSne { Perplexity = 20 }.Transform(x);  // [rows, 2], near rows lie near
// end
Console.WriteLine($"{codes.Rows} codes, {picture.Rows} places");
