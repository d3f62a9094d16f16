using Hondo.Serialization;
using Hondo.Tensors;

namespace Hondo.Tests.Serialization;

public sealed class StoredTensorTests : IDisposable
{
    readonly string _path = Path.Combine(Path.GetTempPath(), $"hondo-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(_path);

    static readonly Tensor Whole = Tensor.Of([0f, 1f, 1f, 0f], [2, 2]);

    public static TheoryData<StorageType> Types => [.. Enum.GetValues<StorageType>()];

    [Theory, MemberData(nameof(Types))]
    public void Every_type_gives_back_what_it_can_hold_from_memory_and_from_files(StorageType type)
    {
        StoredTensor stored = StoredTensor.Of(Whole, type);
        Assert.Equal($"{type} [2, 2]", stored.ToString());
        Assert.Equal(Whole.ToArray<double>(), stored.ToTensor().ToArray<double>());
        new Safetensors(new Dictionary<string, Tensor> { ["x"] = Whole }, new Dictionary<string, string>())
        {
            Storage = new Dictionary<string, StorageType> { ["x"] = type },
        }.Write(_path);
        Safetensors read = Safetensors.Read(_path);
        Assert.Equal(type, read.Storage["x"]);
        Assert.Equal(Whole.ToArray<double>(), read.Tensors["x"].ToArray<double>());
        byte[] bytes = File.ReadAllBytes(_path);
        read.Write(_path);
        Assert.Equal(bytes, File.ReadAllBytes(_path));
    }

    [Theory, MemberData(nameof(Types))]
    public void NumPy_files_keep_every_type_that_NumPy_has(StorageType type)
    {
        StoredTensor stored = StoredTensor.Of(Whole, type);
        if (type == StorageType.BFloat16)
        {
            Assert.Contains("NumPy has no BFloat16", Assert.Throws<NotSupportedException>(
                () => NumpyFile.Write(_path, stored)).Message, StringComparison.Ordinal);
            return;
        }
        NumpyFile.Write(_path, stored);
        StoredTensor read = NumpyFile.ReadStored(_path);
        Assert.Equal((type, stored.Shape), (read.Type, read.Shape));
        Assert.Equal(stored.Bytes, read.Bytes);
        Assert.Equal(Whole.ToArray<double>(), NumpyFile.Read(_path).ToArray<double>());
        NumpyFile.WriteArchive(_path, new Dictionary<string, Tensor> { ["x"] = Whole },
            storage: new Dictionary<string, StorageType> { ["x"] = type });
        Assert.Equal(Whole.ToArray<double>(), NumpyFile.ReadArchive(_path)["x"].ToArray<double>());
    }

    [Fact]
    public void Numbers_of_64_bits_stay_whole_in_storage_and_are_refused_by_ops()
    {
        StoredTensor big = StoredTensor.Of([1L << 40, -5L]);
        NumpyFile.Write(_path, big);
        Assert.Equal([1L << 40, -5L], NumpyFile.ReadStored(_path).Values<long>().ToArray());
        Assert.Throws<OverflowException>(() => big.ToTensor());
        Assert.Equal([7, -5], StoredTensor.Of([7L, -5L]).ToTensor().ToArray<int>());
    }

    [Fact]
    public void Halves_round_to_the_nearest_and_to_even_between_two()
    {
        float[] numbers = [1 + 1 / 256f, 1 + 3 / 256f, 3.4e38f, float.NaN, float.NegativeInfinity, -0f, 1e-40f];
        ushort[] kept = StoredTensor.Of(Tensor.Of(numbers), StorageType.BFloat16).Values<ushort>().ToArray();
        Assert.Equal([0x3f80, 0x3f82, 0x7f80, 0xffc0, 0xff80, 0x8000, 0x0001], kept);
        Assert.Equal([(Half)(1 / 3f)], StoredTensor.Of(Tensor.Of([1 / 3f]), StorageType.Half).Values<Half>().ToArray());
        Assert.Equal(Enumerable.Range(0, 1 << 16).Select(i => BitConverter.UInt16BitsToHalf((ushort)i))
            .Where(half => !Half.IsNaN(half)).ToArray(), StoredTensor.Of(Tensor.Of(Enumerable.Range(0, 1 << 16)
                .Select(i => (float)BitConverter.UInt16BitsToHalf((ushort)i)).Where(x => !float.IsNaN(x)).ToArray()),
                StorageType.Half).Values<Half>().ToArray());
    }

    [Theory]
    [InlineData(256.0, StorageType.UInt8)]
    [InlineData(-1.0, StorageType.UInt8)]
    [InlineData(0.5, StorageType.Int64)]
    [InlineData(2.0, StorageType.Boolean)]
    [InlineData(1e6, StorageType.Half)]
    [InlineData(double.NaN, StorageType.Int32)]
    public void A_number_that_a_type_cannot_hold_is_an_error_with_its_place(double number, StorageType type) =>
        Assert.Contains("number 1, row-major) cannot be kept as " + type, Assert.Throws<OverflowException>(
            () => StoredTensor.Of(Tensor.Of([0.0, number]), type)).Message, StringComparison.Ordinal);
}
