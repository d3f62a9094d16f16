using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hondo.Kernels;

/// <summary>
/// Memory for what one step of a network that is only used leaves for the next. Each slot, in which one thread works,
/// holds some images. Borders are zeros from the start, and nobody writes into them.
/// </summary>
sealed unsafe class ImageBuffer
{
    readonly float* _start;
    readonly nint _slot;
    readonly nint[] _borrowed;

    /// <summary>Memory of zeros.</summary>
    /// <param name="images">What an image looks like.</param>
    /// <param name="count">The most images of a slot.</param>
    /// <param name="slots">How many slots.</param>
    public ImageBuffer(BorderedImages images, int count, int slots)
    {
        Images = images;
        _borrowed = new nint[slots];
        // A line more, so that the same pixels of two slots do not fall into the same place of a cache.
        _slot = ((nint)images.Length * count + 31) / 16 * 16;
        nuint bytes = (nuint)(_slot * slots * sizeof(float));
        _start = (float*)NativeMemory.AlignedAlloc(bytes, 64);
        NativeMemory.Clear(_start, bytes);
    }

    ImageBuffer(BorderedImages images, int slots) => (Images, _borrowed) = (images, new nint[slots]);

    /// <summary>Slots without memory: each one is lent some.</summary>
    public static ImageBuffer View(BorderedImages images, int slots) => new(images, slots);

    /// <summary>Frees the memory.</summary>
    ~ImageBuffer() => NativeMemory.AlignedFree(_start);

    /// <summary>What an image looks like.</summary>
    public BorderedImages Images { get; }

    /// <summary>How many slots there are.</summary>
    public int Slots => _borrowed.Length;

    /// <summary>Lends a slot an image of another buffer.</summary>
    public void Borrow(int slot, ImageBuffer other, int otherSlot, int image) =>
        Borrow(slot, other.Slot(otherSlot) + (nint)image * Images.Length);

    /// <summary>Lends a slot an image.</summary>
    public void Borrow(int slot, float* image) => _borrowed[slot] = (nint)image;

    /// <summary>Where a slot's first image begins.</summary>
    public float* Slot(int slot) => _borrowed[slot] != 0 ? (float*)_borrowed[slot] : _start + slot * _slot;

    /// <summary>Some images without borders, as they lie in a slot.</summary>
    public Span<float> Numbers(int slot, int images) => new(Slot(slot), images * Images.Length);

    /// <summary>Fills a slot. Without a border there is nothing to copy: the slot is where the numbers are.</summary>
    /// <param name="numbers">Pinned numbers, which the slot's steps only read.</param>
    /// <param name="slot">Which slot.</param>
    public void Load(ReadOnlySpan<float> numbers, int slot)
    {
        if (Images.Border == 0)
        {
            _borrowed[slot] = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(numbers));
            return;
        }
        int row = Images.Width * Images.Channels;
        float* image = Slot(slot);
        for (; numbers.Length > 0; image += Images.Length)
            for (int y = 0; y < Images.Height; y++, numbers = numbers[row..])
                numbers[..row].CopyTo(new(image + Images.Pixel(y, 0), row));
    }

    /// <summary>Copies a slot out.</summary>
    public void Save(Span<float> numbers, int slot)
    {
        int row = Images.Width * Images.Channels;
        float* image = Slot(slot);
        for (; numbers.Length > 0; image += Images.Length)
            for (int y = 0; y < Images.Height; y++, numbers = numbers[row..])
                new ReadOnlySpan<float>(image + Images.Pixel(y, 0), row).CopyTo(numbers);
    }
}

/// <summary>
/// How an image lies in memory: channels last, with a border of zeros as wide as the convolutions that read it want.
/// </summary>
/// <param name="Height">Rows of pixels without the border.</param>
/// <param name="Width">Columns of pixels without the border.</param>
/// <param name="Channels">Numbers of a pixel.</param>
/// <param name="Border">Pixels of zeros on each side.</param>
readonly record struct BorderedImages(int Height, int Width, int Channels, int Border)
{
    /// <summary>From one row to the next.</summary>
    public int RowStride => (Width + 2 * Border) * Channels;

    /// <summary>How many numbers an image takes with its border.</summary>
    public int Length => checked(RowStride * (Height + 2 * Border));

    /// <summary>How many numbers an image has.</summary>
    public int Size => Height * Width * Channels;

    /// <summary>Where a pixel begins; −1 and the like lie in the border.</summary>
    public int Pixel(int row, int column) => (row + Border) * RowStride + (column + Border) * Channels;
}
