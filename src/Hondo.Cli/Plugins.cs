using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using Hondo.Serialization;

namespace Hondo.Cli;

/// <summary>
/// <c>--plugin my.dll</c>: what a library of the user's own adds to the catalogs. It is loaded because the command line
/// says so, never because a file does. Each public type that implements <see cref="ICataloged{T}"/> is registered.
/// </summary>
static class Plugins
{
    /// <summary>The name of the option.</summary>
    public const string Option = "--plugin";

    /// <summary>Registers what a library holds.</summary>
    /// <exception cref="UsageException">It is not a library, holds nothing for a catalog, or takes a name again.
    /// </exception>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification =
        "Guarded: a native program loads no libraries.")]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "The same.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The same.")]
    public static void Load(string path)
    {
        if (!RuntimeFeature.IsDynamicCodeSupported)
            throw new UsageException($"{Option} {path}: this hondo is a native program, which cannot load a library. "
                + "Use the one that runs on .NET.");
        Type[] types = TypesOf(path);
        int registered = 0;
        foreach (Type type in types)
            foreach (Type kind in type.GetInterfaces().Where(IsCataloged))
            {
                Register(path, type, kind.GenericTypeArguments[0]);
                registered++;
            }
        if (registered == 0)
            throw new UsageException($"{Option} {path}: it has no public class that implements ICataloged<Layer>, "
                + "ICataloged<Loss> or another catalog's.");
    }

    static bool IsCataloged(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ICataloged<>);

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Guarded by Load.")]
    static Type[] TypesOf(string path)
    {
        try
        {
            return Assembly.LoadFrom(Path.GetFullPath(path)).GetExportedTypes();
        }
        catch (Exception error) when (error is IOException or BadImageFormatException or TypeLoadException)
        {
            throw new UsageException($"{Option} {path} cannot be loaded: {error.Message}");
        }
    }

    static void Register(string path, Type type, Type kind)
    {
        object catalog = Catalogs.FirstOrDefault(catalog => catalog.GetType().GenericTypeArguments[0] == kind)
            ?? throw new UsageException($"{Option} {path}: {type.Name} is a thing for a catalog of {kind.Name}, "
                + "and there is none.");
        Invoke(catalog, type, path);
    }

    static object[] Catalogs =>
    [
        LayerCatalog.All, LossCatalog.All, MetricCatalog.All, OptimizerCatalog.All, ScheduleCatalog.All,
        InitializerCatalog.All, TransformCatalog.All, UpdateStepCatalog.All, TargetCatalog.All,
    ];

    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "Guarded by Load.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Guarded by Load.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Guarded by Load.")]
    static void Invoke(object catalog, Type type, string path)
    {
        MethodInfo register = catalog.GetType().GetMethods()
            .Single(method => method is { Name: nameof(Catalog<object>.Register), IsGenericMethod: true });
        try
        {
            register.MakeGenericMethod(type).Invoke(catalog, null);
        }
        catch (TargetInvocationException error) when (error.InnerException is ArgumentException or FormatException)
        {
            throw new UsageException($"{Option} {path}: {error.InnerException.Message}");
        }
    }
}
