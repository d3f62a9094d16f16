namespace Hondo.Data;

/// <summary>
/// A transform that moves pixels along straight lines. Neighbouring ones in an <see cref="Augmentation"/> are done in
/// one pass, so that a picture is interpolated once.
/// </summary>
interface IWarp
{
    /// <summary>Draws where pixels come from.</summary>
    Affine Draw(ref Draws draws, int height, int width);
}
