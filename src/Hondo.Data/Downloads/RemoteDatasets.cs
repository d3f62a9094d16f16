namespace Hondo.Data;

/// <summary>The data sets that can be downloaded; a new one is one entry here.</summary>
public static class RemoteDatasets
{
    static readonly string[] MnistNames = ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz",
        "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RemoteDataset> Catalog { get; } =
    [
        new("mnist", "CC BY-SA 3.0, Yann LeCun and Corinna Cortes", LikeMnist(
            ["https://storage.googleapis.com/cvdf-datasets/mnist/", "https://ossci-datasets.s3.amazonaws.com/mnist/"],
            new(9912422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
                "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
            new(28881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
                "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            new(1648877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
            new(4542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
                "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"))),
        new("fashion-mnist", "MIT, Zalando SE", LikeMnist(
            ["http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
                "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"],
            new(26421880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
                "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
            new(29515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
                "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
            new(4422102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
                "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
            new(5148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
                "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"))),
        new("cifar10", "A. Krizhevsky 2009, for research", [new("cifar-10-binary.tar.gz", 170052171,
            "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd", "",
            [new("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz")])]),
        new("shakespeare", "public domain; collected by A. Karpathy", [new("shakespeare.txt", 1115394,
            "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed", "",
            [new("https://raw.githubusercontent.com/karpathy/char-rnn/6f9487a6fe5b420b7ca9afb0d7c078e37c1d1b4e/"
                + "data/tinyshakespeare/input.txt")])]),
    ];

    /// <summary>The data set of a name, or null when it cannot be downloaded.</summary>
    public static RemoteDataset? Find(string name) =>
        Catalog.FirstOrDefault(data => string.Equals(data.Name, name, StringComparison.OrdinalIgnoreCase));

    static RemoteFile[] LikeMnist(string[] mirrors, params ReadOnlySpan<Sums> sums)
    {
        var files = new RemoteFile[MnistNames.Length];
        for (int i = 0; i < files.Length; i++)
            files[i] = new(MnistNames[i], sums[i].Size, sums[i].Sha256, sums[i].UnzippedSha256,
                [.. mirrors.Select(mirror => new Uri(mirror + MnistNames[i]))]);
        return files;
    }

    readonly record struct Sums(long Size, string Sha256, string UnzippedSha256);
}
