using Hondo.Serialization;

namespace Hondo.Tests.Serialization;

/// <summary>A real disk of which one operation fails: the n-th create, write, flush or rename.</summary>
sealed class FaultyDisk(int failing) : IDisk
{
    int _operation;

    public Stream Create(string path)
    {
        Count();
        return new FaultyStream(this, Disk.Instance.Create(path));
    }

    public void Flush(Stream file)
    {
        Count();
        Disk.Instance.Flush(((FaultyStream)file).Real);
    }

    public void Rename(string from, string to)
    {
        Count();
        Disk.Instance.Rename(from, to);
    }

    public void FlushFolder(string folder)
    {
        Count();
        Disk.Instance.FlushFolder(folder);
    }

    public void Delete(string path) => Disk.Instance.Delete(path);

    void Count()
    {
        if (_operation++ == failing)
            throw new IOException("No space left on device", 28);
    }

    sealed class FaultyStream(FaultyDisk disk, Stream real) : Stream
    {
        public Stream Real => real;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => real.Length;

        public override long Position { get => real.Position; set => real.Position = value; }

        public override void Flush() => real.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            disk.Count();
            real.Write(buffer, offset, count);
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            disk.Count();
            real.Write(buffer);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                real.Dispose();
            base.Dispose(disposing);
        }
    }
}
