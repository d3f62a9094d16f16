namespace Hondo.Data.Tests;

/// <summary>Asserts that data is refused with an error that says what matters.</summary>
static class Refused
{
    public static void With(string part, Func<object?> read) => Assert.Contains(part,
        Assert.Throws<DataFormatException>(() => { read(); }).Message, StringComparison.Ordinal);
}
