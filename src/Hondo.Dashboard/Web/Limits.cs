using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Hondo.Dashboard.Web;

/// <summary>What a request and all connections together may take.</summary>
static class Limits
{
    /// <summary>Bytes of a body; the playground's points are the largest.</summary>
    public const int BodyBytes = 256 * 1024;

    /// <summary>Live views at a time.</summary>
    public const int Streams = 24;

    // Waiting connections cost little memory: a thousand idle ones shall keep nobody out.
    const int Connections = 4096;

    public static void Set(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = Connections;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.MaxRequestBodySize = BodyBytes;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestHeaderCount = 50;
        limits.MaxRequestLineSize = 4 * 1024;
        limits.MaxResponseBufferSize = 64 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(20);
        limits.MinRequestBodyDataRate = new(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
    }
}
