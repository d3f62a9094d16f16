namespace Hondo.Storage;

/// <summary>An argument of a call, by its place or by its name.</summary>
/// <param name="Name">The name, or null for an argument by its place.</param>
/// <param name="Value">The value.</param>
public sealed record Argument(string? Name, Term Value)
{
    /// <inheritdoc/>
    public override string ToString() => Name is null ? Value.ToString()! : $"{Name}: {Value}";
}
