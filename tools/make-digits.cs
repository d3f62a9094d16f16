#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:project ../src/Hondo.Datasets

// Makes the embedded data set "digits" from OpenCV's sheet of 5,000 handwritten digits:
//   apt-get install opencv-doc
//   dotnet run tools/make-digits.cs /usr/share/doc/opencv-doc/examples/data/digits.png src/Hondo.Datasets/Embedded
// The sheet has 50 rows of 100 cells of 20×20 pixels; rows 0 to 4 are zeros, 5 to 9 ones, and so on.

using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Hondo.Data;

const int Cell = 20, Columns = 100, PerClass = 500, TestPerClass = 100, Side = 28, Pixels = Side * Side;
string sheetPath = args[0], folder = args[1];
byte[] sheet = ReadGreyPng(sheetPath, width: 2000, height: 1000);

List<byte[]> train = [], test = [];
List<byte> trainLabels = [], testLabels = [];
for (int digit = 0; digit < 10; digit++)
{
    // The order of the pixels' SHA-256 is a choice at random that needs no generator, and is the same for ever.
    var images = Enumerable.Range(digit * PerClass, PerClass).Select(Centred)
        .OrderBy(image => Convert.ToHexString(SHA256.HashData(image)), StringComparer.Ordinal).ToList();
    test.AddRange(images[..TestPerClass]);
    train.AddRange(images[TestPerClass..]);
    testLabels.AddRange(Enumerable.Repeat((byte)digit, TestPerClass));
    trainLabels.AddRange(Enumerable.Repeat((byte)digit, PerClass - TestPerClass));
}
Write("digits-train", train, trainLabels);
Write("digits-test", test, testLabels);
int repeats = train.Concat(test).GroupBy(Convert.ToHexString).Sum(group => group.Count() - 1);
Console.WriteLine($"{train.Count} train, {test.Count} test, {repeats} repeated images");

byte[] Centred(int index)
{
    int top = index / Columns * Cell, left = index % Columns * Cell;
    double mass = 0, y = 0, x = 0;
    for (int row = 0; row < Cell; row++)
        for (int column = 0; column < Cell; column++)
        {
            double ink = Ink(row, column);
            (mass, y, x) = (mass + ink, y + ink * row, x + ink * column);
        }
    const double Middle = (Side - 1) / 2.0;
    int down = Math.Clamp((int)Math.Round(Middle - y / mass), 0, Side - Cell);
    int right = Math.Clamp((int)Math.Round(Middle - x / mass), 0, Side - Cell);
    var image = new byte[Pixels];
    for (int row = 0; row < Cell; row++)
        for (int column = 0; column < Cell; column++)
            image[(row + down) * Side + column + right] = Ink(row, column);
    return image;

    byte Ink(int row, int column) => sheet[(top + row) * Columns * Cell + left + column];
}

void Write(string name, List<byte[]> images, List<byte> labels)
{
    // Mixed, so that the first samples hold every class; by the hash's last bytes: its first ones chose the test set.
    int[] order = [.. Enumerable.Range(0, images.Count)
        .OrderBy(i => Convert.ToHexString(SHA256.HashData(images[i])[16..]), StringComparer.Ordinal)];
    IdxFile.Write(Path.Combine(folder, $"{name}-images.gz"),
        new([images.Count, Side, Side], [.. order.SelectMany(i => images[i])]));
    IdxFile.Write(Path.Combine(folder, $"{name}-labels.gz"), new([labels.Count], [.. order.Select(i => labels[i])]));
}

// Reads what the sheet is: 8-bit grey, not interlaced.
static byte[] ReadGreyPng(string path, int width, int height)
{
    byte[] file = File.ReadAllBytes(path);
    using var packed = new MemoryStream();
    for (int at = 8; at < file.Length;)
    {
        int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
        ReadOnlySpan<byte> type = file.AsSpan(at + 4, 4), chunk = file.AsSpan(at + 8, length);
        if (type.SequenceEqual("IHDR"u8) && (BinaryPrimitives.ReadInt32BigEndian(chunk) != width
            || BinaryPrimitives.ReadInt32BigEndian(chunk[4..]) != height
            || !chunk[8..].SequenceEqual<byte>([8, 0, 0, 0, 0])))
            throw new InvalidDataException($"{path} is not an 8-bit grey sheet of {width}×{height} pixels.");
        if (type.SequenceEqual("IDAT"u8))
            packed.Write(chunk);
        at += length + 12;
    }
    packed.Position = 0;
    using var unpacked = new ZLibStream(packed, CompressionMode.Decompress);
    var pixels = new byte[width * height];
    byte[] line = new byte[width + 1], above = new byte[width + 1];
    for (int row = 0; row < height; row++)
    {
        unpacked.ReadExactly(line);
        int filter = line[0];
        line[0] = 0;
        for (int i = 1; i <= width; i++)
            line[i] += filter switch
            {
                1 => line[i - 1],
                2 => above[i],
                3 => (byte)((line[i - 1] + above[i]) / 2),
                4 => Paeth(line[i - 1], above[i], above[i - 1]),
                _ => 0,
            };
        line.AsSpan(1).CopyTo(pixels.AsSpan(row * width));
        (line, above) = (above, line);
    }
    return pixels;
}

static byte Paeth(byte left, byte above, byte corner)
{
    int guess = left + above - corner;
    int toLeft = Math.Abs(guess - left), toAbove = Math.Abs(guess - above), toCorner = Math.Abs(guess - corner);
    return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
}
