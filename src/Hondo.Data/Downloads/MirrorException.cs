namespace Hondo.Data;

/// <summary>What one mirror did wrong: the next may do better.</summary>
sealed class MirrorException(string message, Exception? inner = null) : Exception(message, inner);
