using System.Reflection;
using Hondo.Models;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests;

/// <summary>The library, and the packages beside it whose layers, ops and models keep the same laws.</summary>
static class Libraries
{
    /// <summary>Those packages.</summary>
    public static IReadOnlyList<Assembly> Packages { get; } =
        [typeof(SequenceCatalog).Assembly, typeof(VisionCatalog).Assembly,
        typeof(MatrixExtensions).Assembly];

    /// <summary>All of their types, the library's first.</summary>
    public static IReadOnlyList<Type> Types { get; } =
        [.. Packages.Prepend(typeof(Tensor).Assembly).SelectMany(assembly => assembly.GetTypes())];
}
