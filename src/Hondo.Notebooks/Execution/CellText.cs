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
    public const string Method = "Go";

    public static string Of(CellSource cell, int number, string space, string prefix, string holders, string body)
    {
        // The compiler's remarks on code that nobody wrote: no await, fields never set, a null result.
        const string quiet = "#pragma warning disable CS1998, CS8618, CS8603, CS0105, CS0168, CS0219, CS0649\n";
        return $"{prefix}\n{quiet}namespace {space} {{ {holders} {Extensions(cell, number)}\n"
            + $"public static class Run{number} {{ public static async System.Threading.Tasks.Task<object> {Method}() "
            + $"{{\n{body}\n#line hidden\nreturn null; }} }}\n{Types(cell)} }}";
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
        return methods.Length == 0 ? "" : $"public static class Extensions{number} {{ {methods} }}";
    }

    static string Types(CellSource cell)
    {
        var publish = new Publish();
        return string.Concat(cell.Types.Select(type => cell.AtFull(type, publish.Visit(type)!.ToFullString())));
    }

    // Another cell is another assembly: the types of a cell must be public to be seen there.
    sealed class Publish : CSharpSyntaxRewriter
    {
        public override SyntaxNode? Visit(SyntaxNode? node)
        {
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
