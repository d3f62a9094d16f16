using System.Buffers.Binary;
using System.Text;
using Hondo.Tests.Data;
using static Hondo.Tests.Serialization.SafetensorsBytes;

namespace Hondo.Tests.Serialization;

public sealed class SafetensorsHeaderTests
{
    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("{", "not valid JSON")]
    [InlineData("{} x", "not valid JSON")]
    [InlineData("{\"\xFF\":1}", "byte", true)]
    [InlineData("{\"a\":1}", "a tensor must be a JSON object")]
    [InlineData("{\"a\":{}}", "dtype, shape and two data_offsets are needed")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", "are needed")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}", "are needed")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}", "must be lists")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,8]}}", "more than 2 numbers")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", "whole numbers from 0")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}", "whole numbers from 0")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[\"2\"],\"data_offsets\":[0,8]}}", "whole numbers from 0")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[18446744073709551615],\"data_offsets\":[0,8]}}", "whole numbers")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
        "takes 12 bytes, but the file gives it 8")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,2],\"data_offsets\":[0,8]}}",
        "bytes, but the file")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[0,4611686018427387904],\"data_offsets\":[0,0]}}", "larger than")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,2],\"data_offsets\":[0,8]}}", "more than 6 numbers")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}}", "do not lie in the file")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}", "do not lie in the file")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", "before it belong to no tensor")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "the last 4 bytes belong to no tensor")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
        + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", "overlap")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
        + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", "occurs twice")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "not as it should be")]
    [InlineData("{\"a\":{\"dtype\":\"F8_E5M2\",\"shape\":[8],\"data_offsets\":[0,8]}}", "type F8_E5M2 cannot be read")]
    [InlineData("{\"a\":{\"dtype\":7,\"shape\":[8],\"data_offsets\":[0,8]}}", "the field 'dtype'")]
    [InlineData("{\"a\":{\"kind\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", "the field 'kind'")]
    [InlineData("{\"a\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}", "does not fit into 32 bits")]
    [InlineData("{\"__metadata__\":[]}", "must be an object of texts")]
    [InlineData("{\"__metadata__\":{\"a\":1}}", "'a' must be a text")]
    [InlineData("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", "'a' occurs twice")]
    [InlineData("{\"__metadata__\":{\"a\":{\"b\":{\"c\":[[[[[[[[[]]]]]]]]]}}}}", "must be a text")]
    [InlineData("{\"a\":[[[[[[[[[[[]]]]]]]]]]]}", "must be a JSON object")]
    [InlineData("{\"\\u001b[31m\":1}", "\"?[31m\"")]
    public void A_wrong_header_is_refused_by_name(string json, string problem, bool latin = false)
    {
        byte[] header = latin ? Encoding.Latin1.GetBytes(json) : Encoding.UTF8.GetBytes(json);
        Refused.With(problem, () => Read(File(header, 1, 2, 3, 4, 5, 6, 7, 8)));
    }

    [Theory]
    [InlineData(100_000_001, "at most 100000000 are allowed")]
    [InlineData(-1, "at most 100000000 are allowed")]
    [InlineData(100_000_000, "only 2 bytes follow")]
    public void A_wrong_length_of_the_header_is_refused_before_memory_is_taken(long length, string problem)
    {
        byte[] bytes = File("{}"u8);
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused.With(problem, () => Read(bytes));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }
}
