using System.Text;

namespace Hondo.Tests.Serialization;

/// <summary>A file of a <see cref="ForgetfulDisk"/>.</summary>
sealed class ForgetfulFile(Action afterWrite) : MemoryStream
{
    public long FlushedLength { get; set; }

    // Also after Dispose, when Length throws.
    public new long Length => ToArray().Length;

    public string Text => Encoding.UTF8.GetString(ToArray());

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        base.Write(buffer);
        afterWrite();
    }
}
