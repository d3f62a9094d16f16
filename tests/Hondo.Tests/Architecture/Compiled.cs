using Hondo.Tensors;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Hondo.Tests.Architecture;

/// <summary>What the compiled library says of itself: not what the sources look like, but what they became.</summary>
static class Compiled
{
    public static ModuleDefinition Library { get; } = ModuleDefinition.ReadModule(typeof(Tensor).Assembly.Location);

    /// <summary>All types, those within types and those that the compiler made included.</summary>
    public static IEnumerable<TypeDefinition> Types => Library.GetTypes().Where(type => FolderOf(type) is not null);

    /// <summary>
    /// The folder that a type belongs to, <c>Layers</c> of <c>Hondo.Layers.Linear</c>; null for what is not Hondo's.
    /// </summary>
    public static string? FolderOf(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        string[] parts = type.Namespace.Split('.');
        return parts[0] == "Hondo" && type.Scope == Library ? parts.ElementAtOrDefault(1) ?? "" : null;
    }

    /// <summary>Every type that a type's declaration or code mentions.</summary>
    public static IEnumerable<TypeReference> Mentioned(TypeDefinition type) =>
        Declared(type).Concat(type.Methods.SelectMany(InCode)).SelectMany(Parts);

    /// <summary>The instructions of all methods of a type, but of those that a source generator wrote.</summary>
    public static IEnumerable<(MethodDefinition Method, Instruction Instruction)> Code(TypeDefinition type) =>
        from method in type.Methods
        where method.HasBody && !IsGenerated(method)
        from instruction in method.Body.Instructions
        select (method, instruction);

    /// <summary>The types of a method's parameters, result and local variables.</summary>
    public static IEnumerable<TypeReference> Variables(MethodDefinition method) =>
        method.Parameters.Select(parameter => parameter.ParameterType)
            .Append(method.ReturnType)
            .Concat(method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType) : []);

    /// <summary>True for the code that LibraryImport and GeneratedRegex write.</summary>
    public static bool IsGenerated(MethodDefinition method) => method.IsPInvokeImpl
        || method.CustomAttributes.Any(attribute => attribute.AttributeType.Name == "GeneratedCodeAttribute");

    static IEnumerable<TypeReference> Declared(TypeDefinition type)
    {
        IEnumerable<TypeReference?> own = [type.BaseType,
            .. type.Interfaces.Select(face => face.InterfaceType),
            .. type.Fields.Select(field => field.FieldType),
            .. Constraints(type),
            .. type.CustomAttributes.Select(attribute => attribute.AttributeType),
            .. type.Methods.SelectMany(Variables),
            .. type.Methods.SelectMany(Constraints)];
        return own.OfType<TypeReference>();
    }

    static IEnumerable<TypeReference> Constraints(IGenericParameterProvider generic) =>
        generic.GenericParameters.SelectMany(parameter => parameter.Constraints.Select(one => one.ConstraintType));

    static IEnumerable<TypeReference> InCode(MethodDefinition method) => !method.HasBody ? [] :
        method.Body.Instructions.SelectMany(instruction => instruction.Operand switch
        {
            GenericInstanceMethod call => [call.DeclaringType, .. call.GenericArguments],
            MemberReference member and not TypeReference => [member.DeclaringType],
            TypeReference type => [type],
            _ => Array.Empty<TypeReference>(),
        });

    static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Prepend(generic.ElementType),
        GenericParameter => [],
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        _ => [type],
    };
}
