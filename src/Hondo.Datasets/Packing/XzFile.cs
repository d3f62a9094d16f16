using System.Buffers.Binary;

namespace Hondo.Data;

/// <summary>
/// Reads .xz files of one stream, packed with LZMA2 and no other filter, as xz writes them; the runtime cannot. Their
/// checksums (CRC-32, CRC-64) are checked.
/// </summary>
sealed class XzFile
{
    const string FetchAgain = "Fetch or write the file again.";
    const int HeaderLength = 12;

    readonly byte[] _file;
    readonly string _name;
    readonly RangeDecoder _bits;
    readonly Lzma _lzma;
    readonly byte[] _to;
    int _at, _length, _start;

    XzFile(byte[] file, string name, int length)
    {
        (_file, _name, _to) = (file, name, new byte[length]);
        _bits = new(file);
        _lzma = new(_bits);
    }

    static ReadOnlySpan<byte> Magic => [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];

    /// <summary>Unpacks a file that is known to hold some number of bytes.</summary>
    /// <exception cref="DataFormatException">It is no such file, damaged, or holds more or fewer bytes.</exception>
    public static byte[] Unpack(byte[] file, string name, int length)
    {
        var xz = new XzFile(file, name, length);
        xz.Unpack();
        return xz._to;
    }

    void Unpack()
    {
        if (_file.Length < HeaderLength || !_file.AsSpan().StartsWith(Magic))
            throw Wrong("this is no .xz file");
        int check = _file[7];
        if (Crc32.Of(_file.AsSpan(6, 2)) != BinaryPrimitives.ReadUInt32LittleEndian(_file.AsSpan(8)))
            throw Wrong("the header is damaged");
        if (check is not (0 or 1 or 4))
            throw Wrong($"the checksum is of kind {check}, which is not read");
        _at = HeaderLength;
        // A block starts with its length; 0 is the index, after the last.
        while (Byte() is var size && size != 0)
        {
            int start = _length;
            SkipBlockHeader(size);
            UnpackBlock();
            while (_at % 4 != 0)
                if (Byte() != 0)
                    throw Wrong("the end of a block is damaged");
            Check(check, _to.AsSpan(start, _length - start));
        }
        if (_length != _to.Length)
            throw Wrong($"it holds {_length} bytes in place of {_to.Length}");
    }

    void SkipBlockHeader(int size)
    {
        int start = _at - 1, end = start + (size + 1) * 4;
        if (end > _file.Length || Crc32.Of(_file.AsSpan(start, end - start - 4))
            != BinaryPrimitives.ReadUInt32LittleEndian(_file.AsSpan(end - 4)))
            throw Wrong("the header of a block is damaged");
        int flags = Byte();
        for (int sizes = (flags >> 6 & 1) + (flags >> 7); sizes > 0; sizes--)
            while ((Byte() & 0x80) != 0)
            {
            }
        if ((flags & 3) != 0 || Byte() != 0x21)
            throw Wrong("it is packed with other filters than LZMA2, which are not read");
        _at = end;
    }

    void UnpackBlock()
    {
        bool isFirst = true;
        for (int control = Byte(); control != 0; control = Byte(), isFirst = false)
        {
            if (isFirst && control is not (1 or >= 0xe0) || control is > 2 and < 0x80)
                throw Wrong("a part of it starts wrongly");
            int length = (control >= 0x80 ? (control & 0x1f) << 16 : 0) + (Byte() << 8 | Byte()) + 1;
            if (length > _to.Length - _length)
                throw Wrong($"it holds more than the {_to.Length} bytes expected");
            if (control is 1 or >= 0xe0)
                _start = _length;
            if (control >= 0x80)
                UnpackPart(control >> 5 & 3, length);
            else
                CopyPart(length);
            _length += length;
        }
    }

    void CopyPart(int length)
    {
        if (length > _file.Length - _at)
            throw Wrong("the file is truncated");
        _file.AsSpan(_at, length).CopyTo(_to.AsSpan(_length));
        _at += length;
    }

    void UnpackPart(int reset, int length)
    {
        int packed = (Byte() << 8 | Byte()) + 1;
        if (reset >= 2 && !_lzma.SetProperties((byte)Byte()))
            throw Wrong("a part of it has impossible properties");
        if (reset >= 1)
            _lzma.Reset();
        if (packed > _file.Length - _at)
            throw Wrong("the file is truncated");
        if (!_bits.Begin(_at, packed) || !_lzma.Unpack(_to.AsSpan(_start, _length + length - _start),
            _length - _start) || !_bits.IsAtEnd)
            throw Wrong("the packed data is damaged");
        _at += packed;
    }

    void Check(int kind, ReadOnlySpan<byte> block)
    {
        int size = kind switch { 1 => 4, 4 => 8, _ => 0 };
        if (size > _file.Length - _at)
            throw Wrong("the file is truncated");
        bool isRight = size switch
        {
            4 => Crc32.Of(block) == BinaryPrimitives.ReadUInt32LittleEndian(_file.AsSpan(_at)),
            8 => Crc64.Of(block) == BinaryPrimitives.ReadUInt64LittleEndian(_file.AsSpan(_at)),
            _ => true,
        };
        if (!isRight)
            throw Wrong("the unpacked data does not have the checksum that is written");
        _at += size;
    }

    int Byte() => _at < _file.Length ? _file[_at++] : throw Wrong("the file is truncated");

    DataFormatException Wrong(string problem) => new(_name, $"offset {_at}", problem, FetchAgain);
}
