namespace Hondo.Watching;

/// <summary>What an epoch is trained with.</summary>
enum Kind
{
    /// <summary>Nothing.</summary>
    Bare,

    /// <summary>Nothing either: what differs from <see cref="Bare"/> is chance.</summary>
    Twin,

    /// <summary>All that watches, and a client that reads the live stream.</summary>
    Watched,

    /// <summary>The same, while the dashboard is attacked.</summary>
    Attacked,
}
