using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Hondo.Dashboard.Web;

/// <summary>
/// The only way in: every request of every method comes through here, and is refused unless each check lets it pass.
/// </summary>
/// <param name="token">The secret in the address, by which a browser gets its cookie.</param>
sealed partial class AccessControl(string token)
{
    const string TokenQuery = "?token=";

    // No inline code, nothing from elsewhere, in nobody's frame.
    const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        + "require-trusted-types-for 'script'; trusted-types 'none'";

    readonly byte[] _token = Encoding.UTF8.GetBytes(token);
    // Of the token alone: a page that is open finds a server again that was started anew with the same token and port.
    readonly string _session = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token),
        "hondo dashboard session"u8));

    /// <summary>A secret that nobody guesses: 256 random bits.</summary>
    public static string Secret() => RandomNumberGenerator.GetHexString(64, lowercase: true);

    /// <summary>Refuses, signs in, or hands the request on.</summary>
    public Task Pass(HttpContext context, RequestDelegate next)
    {
        Protect(context.Response.Headers);
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        string authority = Authority(context.Connection);
        (int status, string reason) = Judge(context.Request, target, authority);
        if (status != StatusCodes.Status200OK)
            return Refuse(context, status, reason);
        if (target.StartsWith("/" + TokenQuery, StringComparison.Ordinal))
            return SignIn(context, target[(TokenQuery.Length + 1)..]);
        return IsSignedIn(context)
            ? next(context)
            : Refuse(context, StatusCodes.Status401Unauthorized, "Open the address that the program printed.");
    }

    static (int Status, string Reason) Judge(HttpRequest request, string target, string authority)
    {
        bool isPost = request.Method == HttpMethods.Post;
        if (!isPost && request.Method != HttpMethods.Get)
            return (StatusCodes.Status405MethodNotAllowed, "Only GET and POST.");
        if (!Target().IsMatch(target) || target.Contains("..", StringComparison.Ordinal))
            return (StatusCodes.Status400BadRequest, "No such address.");
        if (request.Headers.Host.Count != 1 || request.Headers.Host[0] != authority)
            return (StatusCodes.Status421MisdirectedRequest, "Another host was asked for.");
        if (!IsOwnOrigin(request, authority, isPost))
            return (StatusCodes.Status403Forbidden, "Another page asks.");
        if (request.Headers.Keys.Any(IsForbidden))
            return (StatusCodes.Status400BadRequest, "A header that is not taken.");
        return isPost && request.ContentType != "application/json"
            ? (StatusCodes.Status415UnsupportedMediaType, "Only application/json.")
            : (StatusCodes.Status200OK, "");
    }

    // Another page of this machine may send our cookie with its requests (cookies know no ports), but cannot lie
    // about where it comes from.
    static bool IsOwnOrigin(HttpRequest request, string authority, bool isPost)
    {
        StringValues origin = request.Headers.Origin, site = request.Headers["Sec-Fetch-Site"];
        bool isOwn = origin.Count == 1 && origin[0] == $"http://{authority}";
        bool isFromHere = site.Count == 0 || site is ["same-origin"] || (!isPost && site is ["none"]);
        return isFromHere && (isOwn || (origin.Count == 0 && !isPost));
    }

    static bool IsForbidden(string header) =>
        header.Equals("Upgrade", StringComparison.OrdinalIgnoreCase)
        || header.Contains("Method", StringComparison.OrdinalIgnoreCase)
            && !header.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase)
        || header.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Forwarded", StringComparison.OrdinalIgnoreCase)
        || header.Contains("Original-Url", StringComparison.OrdinalIgnoreCase)
        || header.Contains("Rewrite-Url", StringComparison.OrdinalIgnoreCase);

    Task SignIn(HttpContext context, string given)
    {
        if (context.Request.Method != HttpMethods.Get
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), _token))
            return Refuse(context, StatusCodes.Status401Unauthorized, "The token is wrong.");
        context.Response.Cookies.Append(CookieName(context), _session, new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Path = "/",
        });
        // Away with the token: it shall not stay in the address bar.
        context.Response.Headers.Location = "/";
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        return Task.CompletedTask;
    }

    bool IsSignedIn(HttpContext context) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(context.Request.Cookies[CookieName(context)] ?? ""), Encoding.UTF8.GetBytes(_session));

    // One name for each port, else the dashboards of two trainings would sign each other out.
    static string CookieName(HttpContext context) => $"hondo-{context.Connection.LocalPort}";

    static string Authority(ConnectionInfo connection)
    {
        var address = connection.LocalIpAddress!;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return new System.Net.IPEndPoint(address, connection.LocalPort).ToString();
    }

    static Task Refuse(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        // What was sent is not read on: the connection ends.
        context.Response.Headers.Connection = "close";
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync($"{status}: {reason}\n", context.RequestAborted);
    }

    static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }

    // Our addresses need no percent signs: whatever is encoded is refused before anyone decodes it.
    [GeneratedRegex(@"\A/(?:[a-z0-9-]+/)*(?:[a-z0-9-]+(?:\.[a-z]+)?)?(?:\?[A-Za-z0-9=,_-]*)?\z")]
    private static partial Regex Target();
}
