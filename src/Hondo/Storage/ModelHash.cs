using System.Security.Cryptography;
using Hondo.Layers;
using Hondo.Tensors;

namespace Hondo.Storage;

/// <summary>One short text for all numbers that a model has learned: equal models have equal hashes.</summary>
public static class ModelHash
{
    /// <summary>
    /// SHA-256 of the values of all parameters, in the order of <see cref="Layer.Parameters"/> and as they lie in
    /// memory (row-major, little-endian), as 64 hexadecimal digits.
    /// </summary>
    public static string Of(Layer model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Parameter parameter in model.Parameters)
            hash.AppendData(parameter.Leaf.Value.Bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
