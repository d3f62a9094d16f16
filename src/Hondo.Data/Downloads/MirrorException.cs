namespace Hondo.Data;

/// <summary>What one mirror did wrong: the next may do better.</summary>
sealed class MirrorException(FormattableString message, Exception? inner = null)
    : Exception(FormattableString.Invariant(message).TrimEnd(), inner);
