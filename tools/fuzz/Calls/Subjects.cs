using System.Reflection;
using Hondo.Layers;
using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Fuzz.Calls;

/// <summary>
/// Everything public that computes with tensors: the ops' syntax, the ops themselves with any attributes, layers, and
/// ways to make a tensor. Found in the assembly, so that none can be forgotten.
/// </summary>
static class Subjects
{
    static readonly Type[] Exported = [.. typeof(Tensor).Assembly.GetExportedTypes().OrderBy(type => type.FullName)];

    /// <summary>All of them, in an order that does not change.</summary>
    public static Subject[] All { get; } =
        [.. Syntax(), .. Exported.Where(IsOp).SelectMany(Closed).Select(Op).OfType<Subject>(), .. LayersOf()];

    static IEnumerable<Subject> Syntax() =>
        from type in Exported
        where type is { IsAbstract: true, IsSealed: true } && type.Namespace is "Hondo.Ops" or "Hondo.Tensors"
        // It stops whatever runs next, as it should.
        where type != typeof(Interrupts)
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
        where !method.IsGenericMethodDefinition && !method.Name.StartsWith("get_", StringComparison.Ordinal)
        let call = Invoker.Of(method)
        where call is not null
        select new Subject($"{type.Name}.{method.Name}", method.GetParameters(), call, IsLayer: false);

    static IEnumerable<Subject> LayersOf() =>
        from type in Exported
        where typeof(Layer).IsAssignableFrom(type) && !type.IsAbstract
        from constructor in type.GetConstructors()
        let call = Invoker.Of(constructor)
        where call is not null
        select new Subject($"new {type.Name}", constructor.GetParameters(), call, IsLayer: true);

    static bool IsOp(Type type) => type.IsValueType && typeof(IOp).IsAssignableFrom(type);

    // An op that is written for any formula: with each formula that fits.
    static IEnumerable<Type> Closed(Type op)
    {
        if (!op.IsGenericTypeDefinition)
            return [op];
        Type parameter = op.GetGenericArguments()[0];
        Type[] needs = [.. parameter.GetGenericParameterConstraints().Where(c => c.IsInterface && !c.IsGenericType)];
        return op.GetGenericArguments().Length > 1 ? [] : typeof(Tensor).Assembly.GetTypes()
            .Where(t => t is { IsValueType: true, IsGenericType: false } && needs.All(n => n.IsAssignableFrom(t)))
            .Where(_ => needs.Length > 0).OrderBy(t => t.FullName).Take(4).Select(t => op.MakeGenericType(t));
    }

    static Subject? Op(Type op)
    {
        ConstructorInfo? constructor = op.GetConstructors().OrderByDescending(c => c.GetParameters().Length)
            .FirstOrDefault();
        ParameterInfo[] attributes = constructor?.GetParameters() ?? [];
        MethodInfo apply = typeof(Subjects).GetMethod(nameof(Apply), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(op);
        Func<object?[], object?>? make = constructor is null ? _ => Activator.CreateInstance(op)
            : Invoker.Of(constructor);
        if (make is null)
            return null;
        ParameterInfo operands = apply.GetParameters()[1];
        return new($"op {op.Name}", [.. attributes, operands], arguments => apply.Invoke(null,
            BindingFlags.DoNotWrapExceptions, null, [make(arguments[..^1]), arguments[^1]], null), IsLayer: false);
    }

    static Tensor Apply<TOp>(TOp op, Tensor[] operands) where TOp : struct, IOp, IEquatable<TOp> =>
        Tape.Apply(op, operands);
}

/// <summary>Something to call.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Parameters">What it takes.</param>
/// <param name="Call">The call.</param>
/// <param name="IsLayer">True when it makes a layer, whose Forward is then called too.</param>
sealed record Subject(string Name, ParameterInfo[] Parameters, Func<object?[], object?> Call, bool IsLayer);
