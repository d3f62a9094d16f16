namespace Hondo.Data;

/// <summary>
/// Reads pictures with masks, a class for each pixel: <c>images/</c> beside <c>masks/</c>, in which the mask of
/// <c>images/street.jpg</c> is <c>street.png</c>. Every colour of the masks is a class, in order of its numbers;
/// <c>classes.txt</c> beside the folders may name them, a line each. Where a mask of several classes is 255 (as Pascal
/// VOC's borders), no class counts.
/// </summary>
public static class MaskFolder
{
    const int MostClasses = 64, Step = 8;

    /// <summary>True when the folder has both folders, with pictures.</summary>
    public static bool IsIn(string folder) =>
        Find(folder, "images") is { } images && Find(folder, "masks") is { } masks
        && PictureTree.Any(images) && PictureTree.Any(masks);

    /// <summary>Reads the pictures and their masks.</summary>
    /// <param name="folder">The folder that holds <c>images</c> and <c>masks</c>.</param>
    /// <param name="name">What messages call the data.</param>
    /// <param name="options">What the pictures become.</param>
    /// <param name="notes">Gets what was guessed and is worth telling, a sentence each.</param>
    /// <exception cref="DataFormatException">A picture has no mask, a mask has another size than its picture or too
    /// many colours, or one cannot be read.</exception>
    public static DataSplits Open(string folder, string name, ImageOptions? options = null,
        ICollection<string>? notes = null)
    {
        options ??= new();
        string images = Find(folder, "images")!, masks = Find(folder, "masks")!;
        string[] pictures = new PictureTree(images).Pictures(images), drawn = new PictureTree(masks).Pictures(masks);
        Dictionary<string, string> byName = [];
        foreach (string mask in drawn)
            byName[NameIn(masks, mask)] = mask;
        string[] without = [.. pictures.Where(picture => !byName.ContainsKey(NameIn(images, picture)))];
        if (without.Length > 0)
            throw new DataFormatException(folder, "", $"{without.Length} of {pictures.Length} pictures have no mask, "
                + "as " + Path.GetRelativePath(folder, without[0]),
                "Put a mask of the same name into masks, or take the picture away.");
        var files = new ImageEntry[pictures.Length];
        ImageFolder.Each(folder, pictures, row => files[row] = ImageEntry.Of(pictures[row]));
        (int height, int width) = ImageFolder.SizeOf(files, options);
        // Networks halve pictures some times, and lay the halves beside each other again.
        (height, width) = (RoundUp(height), RoundUp(width));
        int channels = options.Channels ?? (files.All(file => file.Header.IsGrey) ? 1 : 3);
        var colours = new int[checked(files.Length * height * width)];
        string[] paths = [.. pictures.Select(picture => byName[NameIn(images, picture)])];
        ImageFolder.Each(folder, paths, row => ReadMask(paths[row], files[row],
            colours.AsSpan(row * height * width, height * width), (height, width)));
        (byte[] labels, string[] classes) = Classes(colours, folder);
        if (pictures.Length < drawn.Length)
            notes?.Add($"{name}: {drawn.Length - pictures.Length} masks have no picture and are left out.");
        notes?.Add($"{name}: a class for each pixel ({string.Join(", ", classes)}), pictures and masks become "
            + $"{height}×{width}. --size sets it.");
        return new(new(name, new ReaderFeatures(new PictureReader(files, [height, width, channels], options)),
            new SegmentationTargets(labels, [height, width], classes, name)));
    }

    static int RoundUp(int side) => (side + Step - 1) / Step * Step;

    static string? Find(string folder, string name) => PictureTree.Folders(folder)
        .FirstOrDefault(inner => Path.GetFileName(inner).Equals(name, StringComparison.OrdinalIgnoreCase));

    static string NameIn(string folder, string path) => Path.ChangeExtension(Path.GetRelativePath(folder, path), null);

    // The nearest pixel: between two classes there is none. What is cut off is what is cut off of the picture.
    static void ReadMask(string path, ImageEntry picture, Span<int> colours, (int Height, int Width) size)
    {
        Image mask = ImageFile.Read(path);
        if ((mask.Height, mask.Width) != (picture.Header.Height, picture.Header.Width))
            throw new DataFormatException(path, "", $"the mask has {mask.Height}×{mask.Width} pixels, its picture "
                + $"{picture.Header.Height}×{picture.Header.Width}", "Draw the mask over the picture as it is.");
        double scale = Math.Min((double)mask.Height / size.Height, (double)mask.Width / size.Width);
        double top = (mask.Height - scale * size.Height) / 2, left = (mask.Width - scale * size.Width) / 2;
        for (int i = 0; i < colours.Length; i++)
        {
            int row = Math.Min((int)(top + (i / size.Width + 0.5) * scale), mask.Height - 1);
            int column = Math.Min((int)(left + (i % size.Width + 0.5) * scale), mask.Width - 1);
            ReadOnlySpan<byte> pixel = mask.Pixels.AsSpan((row * mask.Width + column) * mask.Channels, mask.Channels);
            colours[i] = pixel.Length < 3 ? pixel[0] * 0x010101 : pixel[0] << 16 | pixel[1] << 8 | pixel[2];
        }
    }

    static (byte[] Labels, string[] Classes) Classes(int[] colours, string folder)
    {
        const int White = 0xffffff;
        List<int> kinds = [.. new HashSet<int>(colours).Order()];
        if (kinds.Count > MostClasses)
            throw new DataFormatException(folder, "", $"its masks have {kinds.Count} colours, and each is a class: "
                + "edges are blurred, or the masks are photos", "Keep masks as PNG, without smoothing.");
        // Grey numbers count up from black; alone beside black, white is a class as any other.
        bool isVoid = kinds.Count > 2 && kinds[^1] == White && kinds.All(kind => kind % 0x010101 == 0);
        if (isVoid)
            kinds.RemoveAt(kinds.Count - 1);
        if (kinds.Count < 2)
            throw new DataFormatException(folder, "", "its masks have one colour only: there is nothing to tell apart",
                "Draw what is to be found in another colour than the ground.");
        Dictionary<int, byte> labels = kinds.Index().ToDictionary(it => it.Item, it => (byte)it.Index);
        if (isVoid)
            labels[White] = SegmentationTargets.None;
        return ([.. colours.Select(colour => labels[colour])], Names(kinds, folder));
    }

    static string[] Names(List<int> kinds, string folder)
    {
        string file = Path.Combine(folder, "classes.txt");
        if (!File.Exists(file))
            return [.. kinds.Select(kind => kind % 0x010101 == 0 ? $"{kind & 255}" : $"#{kind:x6}")];
        string[] names = [.. File.ReadLines(file).Select(line => line.Trim()).Where(line => line.Length > 0)];
        return names.Length == kinds.Count ? names
            : throw new DataFormatException(file, "", $"it names {names.Length} classes, but the masks have "
                + $"{kinds.Count} colours", "Name each, the one with the smallest number first (black before white).");
    }
}
