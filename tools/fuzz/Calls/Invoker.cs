using System.Reflection;
using System.Reflection.Emit;

namespace Hondo.Fuzz.Calls;

/// <summary>
/// Calls any static method or constructor with boxed arguments; arrays stand for spans, which cannot be boxed.
/// </summary>
static class Invoker
{
    /// <summary>A call by an array of arguments, or null when a parameter has a type that arrays cannot stand for.
    /// </summary>
    public static Func<object?[], object?>? Of(MethodBase method)
    {
        Type[] parameters = [.. method.GetParameters().Select(p => p.ParameterType)];
        if (parameters.Any(p => p.IsPointer || p.IsByRef || (p.IsByRefLike && Element(p) is null)))
            return null;
        Type result = method is MethodInfo info ? info.ReturnType : method.DeclaringType!;
        if (result.IsByRefLike)
            return null;
        var call = new DynamicMethod("Call", typeof(object), [typeof(object[])], typeof(Invoker).Module, true);
        ILGenerator il = call.GetILGenerator();
        for (int i = 0; i < parameters.Length; i++)
            Load(il, i, parameters[i]);
        if (method is ConstructorInfo constructor)
            il.Emit(OpCodes.Newobj, constructor);
        else
            il.Emit(OpCodes.Call, (MethodInfo)method);
        if (result == typeof(void))
            il.Emit(OpCodes.Ldnull);
        else if (result.IsValueType)
            il.Emit(OpCodes.Box, result);
        il.Emit(OpCodes.Ret);
        return call.CreateDelegate<Func<object?[], object?>>();
    }

    /// <summary>What a span is of, or null for other types.</summary>
    public static Type? Element(Type type) => type.IsGenericType
        && (type.GetGenericTypeDefinition() == typeof(ReadOnlySpan<>)
        || type.GetGenericTypeDefinition() == typeof(Span<>))
        ? type.GetGenericArguments()[0] : null;

    static void Load(ILGenerator il, int i, Type type)
    {
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldc_I4, i);
        il.Emit(OpCodes.Ldelem_Ref);
        if (Element(type) is { } element)
        {
            Type array = element.MakeArrayType();
            il.Emit(OpCodes.Castclass, array);
            il.Emit(OpCodes.Call, type.GetMethod("op_Implicit", [array])!);
        }
        else
            il.Emit(OpCodes.Unbox_Any, type);
    }
}
