using System.Buffers.Binary;
using System.Text;

namespace Hondo.Data;

/// <summary>
/// The chunks of a PNG file: header, colours, and the compressed rows, which are moved together to the start of the
/// file's bytes, so that no copy is needed.
/// </summary>
sealed class PngChunks
{
    const int Around = 12;

    readonly byte[] _file;
    readonly string _name;
    int _state;

    public PngChunks(byte[] file, int start, string name)
    {
        (_file, _name) = (file, name);
        int at = start;
        while (_state != AtEnd)
        {
            int length = CheckedLength(at);
            Take(at, length);
            at += length + Around;
        }
    }

    const int AtStart = 0, BeforeData = 1, InData = 2, AfterData = 3, AtEnd = 4;

    public PngHeader Header { get; private set; }

    public PngColours Colours { get; } = new();

    /// <summary>How many bytes of compressed rows stand at the start of the file's bytes.</summary>
    public int DataLength { get; private set; }

    int CheckedLength(int at)
    {
        if (_file.Length - at < Around)
            throw Wrong(_file.Length, "the file is truncated: it ends "
                + (_state == AtStart ? "before its header" : "without an IEND chunk"));
        uint length = BinaryPrimitives.ReadUInt32BigEndian(_file.AsSpan(at));
        ReadOnlySpan<byte> type = _file.AsSpan(at + 4, 4);
        foreach (byte letter in type)
            if (!char.IsAsciiLetter((char)letter))
                throw Wrong(at + 4, "no chunk starts here: the file is damaged");
        if (length > _file.Length - at - Around)
            throw Wrong(_file.Length,
                $"the file is truncated: it ends inside the {Name(type)} chunk of {length:N0} bytes "
                + $"at offset {at}");
        uint crc = BinaryPrimitives.ReadUInt32BigEndian(_file.AsSpan(at + 8 + (int)length));
        uint real = Crc32.Of(_file.AsSpan(at + 4, (int)length + 4));
        return crc == real
            ? (int)length
            : throw Wrong(at, $"the {Name(type)} chunk is damaged: its checksum is {crc:x8}, but its content has "
                + $"{real:x8}");
    }

    void Take(int at, int length)
    {
        ReadOnlySpan<byte> type = _file.AsSpan(at + 4, 4), data = _file.AsSpan(at + 8, length);
        bool isHeader = type.SequenceEqual("IHDR"u8);
        if (isHeader != (_state == AtStart))
            throw Wrong(at, isHeader ? "there is a second header" : "the first chunk is no header");
        if (isHeader)
            (Header, _state) = (PngHeader.Read(data, _name), BeforeData);
        else if (type.SequenceEqual("IDAT"u8))
            TakeData(at, data);
        else
        {
            _state = _state == InData ? AfterData : _state;
            TakeOther(at, type, data);
        }
    }

    void TakeData(int at, ReadOnlySpan<byte> data)
    {
        if (_state == AfterData)
            throw Wrong(at, "the rows are interrupted by another chunk");
        if (Header.Colour == PngColour.Palette && !Colours.HasPalette)
            throw Wrong(at, "the palette is missing");
        _state = InData;
        data.CopyTo(_file.AsSpan(DataLength));
        DataLength += data.Length;
    }

    void TakeOther(int at, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        string? problem = null;
        if (type.SequenceEqual("IEND"u8))
        {
            problem = _state == AfterData ? null : "there are no rows";
            _state = AtEnd;
        }
        else if (type.SequenceEqual("PLTE"u8))
            problem = _state == BeforeData ? Colours.ReadPalette(data, Header) : "the palette comes after the rows";
        else if (type.SequenceEqual("tRNS"u8) && _state == BeforeData)
            problem = Colours.ReadTransparency(data, Header);
        // Chunks that start with a capital letter change the meaning of the rest.
        else if (char.IsAsciiLetterUpper((char)type[0]))
            problem = $"the chunk {Name(type)} is not known";
        if (problem is not null)
            throw Wrong(at, problem);
    }

    static string Name(ReadOnlySpan<byte> type) => Encoding.ASCII.GetString(type);

    DataFormatException Wrong(int at, string problem) =>
        new(_name, $"offset {at}", problem, "Fetch or write the file again.");
}
