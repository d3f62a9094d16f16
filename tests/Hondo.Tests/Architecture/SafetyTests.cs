using System.Text.RegularExpressions;
using Hondo.Tests.Docs;
using Mono.Cecil;

namespace Hondo.Tests.Architecture;

/// <summary>What the library's code never does.</summary>
public sealed partial class SafetyTests
{
    // Names of types for messages; nothing here finds or makes a type by its name.
    static readonly string[] Harmless =
    [
        "System.Reflection.MemberInfo::get_Name",
        "System.Reflection.Assembly::GetName",
        "System.Reflection.AssemblyName::get_Name",
        "System.Reflection.AssemblyName::get_Version",
        "System.Type::GetTypeFromHandle",
        "System.Type::op_Equality",
        "System.Type::op_Inequality",
        "System.Type::get_Assembly",
    ];

    static readonly string[] Forbidden =
    [
        "System.Reflection.", "System.Type::", "System.Activator::", "System.AppDomain::", "System.Linq.Expressions.",
        "System.Runtime.Serialization.", "System.Runtime.Loader.", "System.Text.Json.JsonSerializer::",
        "System.Xml.Serialization.", "System.Diagnostics.Process::", "System.Delegate::DynamicInvoke",
    ];

    [Fact]
    public void The_library_finds_no_types_at_run_time_and_starts_no_programs()
    {
        (string By, string Called)[] calls =
        [
            .. from type in Compiled.Types
               from code in Compiled.Code(type)
               let method = code.Instruction.Operand as MethodReference
               where method is not null
               let called = $"{method.DeclaringType.GetElementType().FullName}::{method.Name}"
               where Forbidden.Any(start => called.StartsWith(start, StringComparison.Ordinal))
               select (code.Method.FullName, called),
        ];
        Assert.DoesNotContain(calls, call => !Harmless.Contains(call.Called));
        Assert.Contains(calls, call => call.Called.EndsWith("::get_Name", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_kernels_use_intrinsics() => Assert.Equal(["Kernels"],
        (from type in Compiled.Types
         from mentioned in Compiled.Mentioned(type)
         where mentioned.Namespace.StartsWith("System.Runtime.Intrinsics", StringComparison.Ordinal)
         select Compiled.FolderOf(type)).Distinct());

    [Fact]
    public void Only_kernels_use_pointers() => Assert.Equal(["Kernels"],
        (from type in Compiled.Types
         from method in type.Methods
         where !Compiled.IsGenerated(method) && Compiled.Variables(method).Any(IsPointer)
         select Compiled.FolderOf(type)).Distinct());

    [Fact]
    public void Only_kernels_have_unsafe_code() => Assert.DoesNotContain(
        Directory.GetFiles(Path.Combine(Page.Home, "src/Hondo"), "*.cs", SearchOption.AllDirectories),
        file => !Path.GetRelativePath(Page.Home, file).Replace('\\', '/').StartsWith("src/Hondo/Kernels/",
                StringComparison.Ordinal)
            && !file.Replace('\\', '/').Contains("/obj/", StringComparison.Ordinal)
            && Unsafe().IsMatch(File.ReadAllText(file)));

    static bool IsPointer(TypeReference type) => type is PointerType or FunctionPointerType
        || (type is TypeSpecification wrapped && IsPointer(wrapped.ElementType));

    [GeneratedRegex(@"^\s*(?!//)(.*\s)?unsafe\b", RegexOptions.Multiline)]
    private static partial Regex Unsafe();
}
