using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Hondo.Notebooks;

/// <summary>
/// Writes the ordinary library that a cell becomes: the statements as an asynchronous method, each variable and
/// function in a class of its own, the types beside them.
/// </summary>
static class CellText
{
    /// <summary>Two underscores: names that no cell has by chance.</summary>
    public const string Method = "Go__";

    // With the root: a cell may have a type named System or Task.
    public const string Task = "global::System.Threading.Tasks.Task<object>";

    public static string ClassOf(int number) => $"Run__{number}";

    static string ExtensionsOf(int number) => $"Extensions__{number}";

    public static string Of(CellSource cell, int number, int level, string prefix, string holders, string body)
    {
        // The compiler's remarks on code that nobody wrote: no await, fields never set, a null result.
        const string quiet = "#pragma warning disable CS1998, CS8618, CS8603, CS0105, CS0168, CS0219, CS0649\n";
        return CellScope.File($"{prefix}\n{quiet}", level, $"{holders} {Extensions(cell, number)}\n"
            + $"public static class {ClassOf(number)} {{ public static async {Task} {Method}() "
            + $"{{\n{body}\n#line hidden\nreturn null; }} }}\n{Types(cell)}");
    }

    /// <summary>The statements, the last expression as the result.</summary>
    public static string Body(CellSource cell, bool isVoid) => string.Concat(cell.Statements.Select(statement =>
        statement is LocalFunctionStatementSyntax function && CellSource.IsExtension(function) ? ""
        : cell.Value is { } value && statement == value.Parent
            ? cell.At(value, isVoid ? $"{value};" : $"return (object)({value});")
            : cell.At(statement)));

    static string Extensions(CellSource cell, int number)
    {
        string methods = string.Concat(cell.Statements.OfType<LocalFunctionStatementSyntax>()
            .Where(CellSource.IsExtension).Select(one => cell.At(one, "public "
                + (one.Modifiers.Any(SyntaxKind.StaticKeyword) ? "" : "static ") + one)));
        return methods.Length == 0 ? "" : $"public static class {ExtensionsOf(number)} {{ {methods} }}";
    }

    static string Types(CellSource cell)
    {
        var publish = new Publish();
        return string.Concat(cell.Types.Select(type => cell.AtFull(type, publish.Visit(type)!.ToFullString())));
    }

    // The cell is a part of a file: a namespace for the whole file ends with the cell. Every line stays where it was.
    static NamespaceDeclarationSyntax Braced(FileScopedNamespaceDeclarationSyntax whole) =>
        SyntaxFactory.NamespaceDeclaration(whole.AttributeLists, whole.Modifiers, whole.NamespaceKeyword, whole.Name,
            SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithTriviaFrom(whole.SemicolonToken), whole.Externs,
            whole.Usings, whole.Members, SyntaxFactory.Token(SyntaxKind.CloseBraceToken), default);

    // Another cell is another assembly: the types of a cell must be public to be seen there.
    sealed class Publish : CSharpSyntaxRewriter
    {
        public override SyntaxNode? Visit(SyntaxNode? node)
        {
            if (node is FileScopedNamespaceDeclarationSyntax whole)
                return base.Visit(Braced(whole));
            if (node is BaseNamespaceDeclarationSyntax)
                return base.Visit(node);
            if (node is not (BaseTypeDeclarationSyntax or DelegateDeclarationSyntax))
                return node;
            var type = (MemberDeclarationSyntax)node;
            if (type.Modifiers.Any(SyntaxKind.FileKeyword) || type.Modifiers.Any(SyntaxKind.PublicKeyword))
                return type;
            MemberDeclarationSyntax bare = type.WithoutLeadingTrivia();
            SyntaxTokenList modifiers = SyntaxFactory.TokenList(
                bare.Modifiers.Where(one => !one.IsKind(SyntaxKind.InternalKeyword)));
            return bare.WithModifiers(modifiers.Insert(0, SyntaxFactory.Token(SyntaxKind.PublicKeyword)
                .WithTrailingTrivia(SyntaxFactory.Space))).WithLeadingTrivia(type.GetLeadingTrivia());
        }
    }
}
