namespace Hondo.Storage;

/// <summary>What a catalog knows of one name: what the call takes, and how the thing is built.</summary>
/// <typeparam name="T">The kind of thing.</typeparam>
/// <param name="signature">The call with its arguments and defaults: <c>Dropout(rate: 0.5)</c>.</param>
/// <param name="build">Builds the thing from the arguments.</param>
public sealed class CatalogLine<T>(string signature, Func<Arguments, T> build)
{
    /// <summary>What the call takes.</summary>
    public Signature Signature { get; } = new(signature);

    /// <summary>Builds the thing.</summary>
    /// <param name="call">A call of this name, or the bare name.</param>
    /// <exception cref="CallTextException">The arguments do not fit, or the thing refuses them.</exception>
    public T Build(Term call)
    {
        var arguments = new Arguments(Signature, call);
        return arguments.Try(() => build(arguments));
    }
}
