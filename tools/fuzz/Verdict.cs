using System.Diagnostics;

namespace Hondo.Fuzz;

/// <summary>Whether an exception is one that a caller was promised.</summary>
static class Verdict
{
    /// <summary>
    /// Where in Hondo it was thrown, when it was not by Hondo itself: the runtime noticed what Hondo had not checked.
    /// </summary>
    public static string? Unexpected(Exception error, Func<Exception, bool> isPromised)
    {
        if (!isPromised(error))
            return $"{Name(error)} at {Place(error)}: {First(error.Message)}";
        return IsThrownByHondo(error) ? null : $"{Name(error)} from deep inside at {Place(error)}: "
            + First(error.Message);
    }

    static string Name(Exception error) => error.GetType().Name;

    // Throw helpers such as ArgumentOutOfRangeException.ThrowIfLessThan count as Hondo's own words.
    static bool IsThrownByHondo(Exception error)
    {
        // Only Hondo makes its own kinds, also where the compiler has put its methods into their caller.
        if (IsHondo(error.GetType()))
            return true;
        foreach (StackFrame frame in new StackTrace(error).GetFrames())
        {
            Type? type = frame.GetMethod()?.DeclaringType;
            if (type is null || typeof(Exception).IsAssignableFrom(type))
                continue;
            // Where the next one is who called Hondo, the compiler has put Hondo's method into it.
            return IsHondo(type) || type.Assembly == typeof(Verdict).Assembly || type.Namespace == "System.Reflection";
        }
        return true;
    }

    static bool IsHondo(Type type) => type.Assembly.GetName().Name is { } name
        && name.StartsWith("Hondo", StringComparison.Ordinal);

    static string Place(Exception error)
    {
        foreach (StackFrame frame in new StackTrace(error).GetFrames())
            if (frame.GetMethod() is { DeclaringType: { } type } method && IsHondo(type))
                return $"{type.Name}.{method.Name}";
        return "an unknown place";
    }

    static string First(string message) => message.ReplaceLineEndings(" ") is { Length: > 160 } text
        ? text[..160] : message.ReplaceLineEndings(" ");
}
