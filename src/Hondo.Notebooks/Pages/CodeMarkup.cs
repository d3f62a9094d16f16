using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Hondo.Notebooks;

/// <summary>C# with its keywords, texts, numbers, comments and types marked, without a script.</summary>
static class CodeMarkup
{
    public static string Of(string code)
    {
        var html = new StringBuilder();
        SyntaxNode root = CSharpSyntaxTree.ParseText(code, CellSource.Options).GetRoot();
        foreach (SyntaxToken token in root.DescendantTokens(descendIntoTrivia: false))
        {
            Write(html, token.LeadingTrivia);
            Write(html, token.ToString(), ClassOf(token));
            Write(html, token.TrailingTrivia);
        }
        return html.ToString();
    }

    static void Write(StringBuilder html, SyntaxTriviaList list)
    {
        foreach (SyntaxTrivia trivia in list)
            Write(html, trivia.ToFullString(), trivia.Kind() switch
            {
                SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
                    or SyntaxKind.SingleLineDocumentationCommentTrivia => "c",
                SyntaxKind.DisabledTextTrivia => "c",
                _ => trivia.IsDirective ? "k" : "",
            });
    }

    static void Write(StringBuilder html, string text, string kind)
    {
        if (text.Length == 0)
            return;
        if (kind.Length > 0)
            html.Append("<span class=\"").Append(kind).Append("\">").Append(HtmlText.Escape(text)).Append("</span>");
        else
            html.Append(HtmlText.Escape(text));
    }

    static string ClassOf(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.NumericLiteralToken => "n",
        SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedStringEndToken
            or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
            or SyntaxKind.InterpolatedSingleLineRawStringStartToken
            or SyntaxKind.InterpolatedMultiLineRawStringStartToken or SyntaxKind.InterpolatedRawStringEndToken => "s",
        SyntaxKind.IdentifierToken => IsType(token) ? "t" : token.Text is "var" or "await" or "yield" ? "k" : "",
        _ => token.IsKeyword() ? "k" : "",
    };

    // As far as the grammar tells: a name that is built, declared with, or given arguments of types.
    static bool IsType(SyntaxToken token) => token.Parent switch
    {
        _ when token.Text is "var" => false,
        BaseTypeDeclarationSyntax => true,
        SimpleNameSyntax { Parent: ObjectCreationExpressionSyntax { Type: var type } } name => type == name,
        SimpleNameSyntax { Parent: VariableDeclarationSyntax } => true,
        SimpleNameSyntax { Parent: ParameterSyntax or TypeArgumentListSyntax or ArrayTypeSyntax } => true,
        SimpleNameSyntax { Parent: BaseTypeSyntax or NullableTypeSyntax } => true,
        _ => false,
    };
}
