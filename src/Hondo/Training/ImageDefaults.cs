using Hondo.Data;

namespace Hondo.Training;

/// <summary>What works for pictures.</summary>
static class ImageDefaults
{
    // From here on a picture is a photo: what is in it may stand nearer or farther away.
    const int PhotoSide = 64;

    // Of many grey pictures a few epochs are enough, in which changes help little.
    const int ManyPictures = 20_000;

    /// <summary>True when samples are pictures [height, width, channels] of some size.</summary>
    public static bool IsPicture(Dataset data) => data.Sample.Rank == 3 && data.Sample[0] >= 16 && data.Sample[1] >= 16;

    /// <summary>Changes that leave the class as it is; empty for what is no picture.</summary>
    public static string Augment(Dataset train)
    {
        if (!IsPicture(train))
            return "";
        int height = train.Sample[0], width = train.Sample[1], side = Math.Min(height, width);
        // A mirrored digit is none.
        if (train.Sample[2] == 1 && AreDigits(train))
            return "Shift(2), Rotate(10), Scale(0.1), Shear(8)";
        return side < PhotoSide ? $"RandomCrop({Math.Max(1, side / 8)}), Flip()"
            : "RandomResizedCrop(leastArea: 0.35), Flip()";
    }

    /// <summary>True when a training changes samples without being asked to.</summary>
    public static bool IsAugmented(Dataset train) => train.Count < ManyPictures || train.Sample[^1] > 1;

    static bool AreDigits(Dataset train) => train.Classes.Count > 0
        && train.Classes.All(name => name.Length == 1 && char.IsAsciiLetterOrDigit(name[0]));
}
