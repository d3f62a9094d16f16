using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using NetMQ;

namespace Hondo.Notebooks;

/// <summary>A message of Jupyter's protocol 5.3.</summary>
/// <param name="Identities">To whom the reply goes.</param>
/// <param name="Header">Type, name and session.</param>
/// <param name="Content">What it says.</param>
sealed record JupyterMessage(IReadOnlyList<byte[]> Identities, JsonObject Header, JsonObject Content)
{
    public string Type => (string?)Header["msg_type"] ?? "";
}

/// <summary>Packs and unpacks messages; each is signed with the key of the connection file.</summary>
sealed class JupyterWire(string key)
{
    static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();

    readonly byte[] _key = Encoding.UTF8.GetBytes(key);
    readonly string _session = Guid.NewGuid().ToString("N");

    /// <summary>The message in the frames, or null when it is none or its signature is wrong.</summary>
    public JupyterMessage? Read(NetMQMessage frames)
    {
        byte[][] parts = [.. frames.Select(frame => frame.ToByteArray())];
        int at = Array.FindIndex(parts, part => part.AsSpan().SequenceEqual(Delimiter));
        if (at < 0 || parts.Length < at + 6)
            return null;
        if (_key.Length > 0 && !CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Sign(parts[(at + 2)..(at + 6)])), parts[at + 1]))
            return null;
        return JsonNode.Parse(parts[at + 2]) is JsonObject header && JsonNode.Parse(parts[at + 5]) is JsonObject content
            ? new(parts[..at], header, content)
            : null;
    }

    /// <summary>The frames of a message.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="content">What it says.</param>
    /// <param name="parent">The request that it belongs to, or null.</param>
    /// <param name="isReply">True to send it to the one who asked; else the first frame is its topic.</param>
    public NetMQMessage Write(string type, JsonObject content, JupyterMessage? parent, bool isReply)
    {
        var header = new JsonObject
        {
            ["msg_id"] = Guid.NewGuid().ToString("N"),
            ["session"] = _session,
            ["username"] = "hondo",
            ["date"] = DateTime.UtcNow.ToString("o", CultureInfo.InvariantCulture),
            ["msg_type"] = type,
            ["version"] = "5.3",
        };
        byte[][] parts = [Bytes(header), Bytes(parent?.Header ?? []), "{}"u8.ToArray(), Bytes(content)];
        var frames = new NetMQMessage();
        foreach (byte[] identity in isReply ? parent?.Identities ?? [] : [Encoding.ASCII.GetBytes(type)])
            frames.Append(identity);
        frames.Append(Delimiter);
        frames.Append(_key.Length > 0 ? Sign(parts) : "");
        foreach (byte[] part in parts)
            frames.Append(part);
        return frames;
    }

    string Sign(byte[][] parts)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        foreach (byte[] part in parts)
            hash.AppendData(part);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());
}
