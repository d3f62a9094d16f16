namespace Hondo.Dashboard.Web;

/// <summary>A number of places; who comes when all are taken is sent away, and does not wait.</summary>
/// <param name="count">How many there are.</param>
sealed class ConnectionLimit(int count)
{
    int _free = count;

    /// <summary>Takes a place, if there is one: then <see cref="Leave"/> it.</summary>
    public bool TryTake()
    {
        if (Interlocked.Decrement(ref _free) >= 0)
            return true;
        Leave();
        return false;
    }

    /// <summary>Gives the place back.</summary>
    public void Leave() => Interlocked.Increment(ref _free);
}
