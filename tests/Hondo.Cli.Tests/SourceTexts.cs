using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Hondo.Cli.Tests;

/// <summary>A text in the sources.</summary>
/// <param name="Pattern">The text, with {0}, {1} … where something is put in.</param>
/// <param name="Place">File and line.</param>
sealed record SourceText(string Pattern, string Place);

/// <summary>
/// The texts that the sources hold: literals, interpolated strings and their sums as one pattern each; where a part is
/// one of two texts, both. What they say is for a reader when two words of it follow each other.
/// </summary>
static partial class SourceTexts
{
    const int MostAlternatives = 16;
    const string Hole = "{}";

    /// <summary>All texts of prose below a folder.</summary>
    public static IEnumerable<SourceText> Of(string folder) =>
        from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        where !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(p => p is "obj" or "bin")
        orderby file
        from text in OfFile(file, Path.GetRelativePath(folder, file))
        select text;

    static IEnumerable<SourceText> OfFile(string file, string name)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot();
        foreach (ExpressionSyntax text in root.DescendantNodes().OfType<ExpressionSyntax>().Where(IsWhole))
            foreach (string pattern in Alternatives(text).Where(IsProse))
                yield return new(Numbered(pattern), $"{name.Replace('\\', '/')}:{Line(text)}");
    }

    static int Line(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    // The outermost expression of a text: not a part of a sum, nor of a hole that its alternatives stand for.
    static bool IsWhole(ExpressionSyntax node)
    {
        if (!IsText(node) || node.Ancestors().Any(outer => outer is AttributeSyntax))
            return false;
        for (SyntaxNode inner = node; inner.Parent is { } outer; inner = outer)
        {
            if (outer is ExpressionSyntax sum && IsText(sum))
                return false;
            if (outer is InterpolationSyntax)
                return Nested(node, outer);
            if (outer is not (ParenthesizedExpressionSyntax or ConditionalExpressionSyntax or ArgumentSyntax
                or ArgumentListSyntax or InvocationExpressionSyntax) || outer is InvocationExpressionSyntax call
                && !IsCreate(call) || outer is ConditionalExpressionSyntax choice && choice.Condition == inner)
                return true;
        }
        return true;
    }

    // Alternatives of a hole belong to the text around it.
    static bool Nested(SyntaxNode node, SyntaxNode hole)
    {
        SyntaxNode inner = node;
        for (SyntaxNode? outer = node.Parent; outer is not null && outer != hole; inner = outer, outer = outer.Parent)
            if (outer is not (ParenthesizedExpressionSyntax or ConditionalExpressionSyntax)
                || outer is ConditionalExpressionSyntax choice && choice.Condition == inner)
                return true;
        return false;
    }

    static bool IsText(ExpressionSyntax node) => node switch
    {
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.StringLiteralExpression),
        InterpolatedStringExpressionSyntax => true,
        BinaryExpressionSyntax sum => sum.IsKind(SyntaxKind.AddExpression) && (IsText(sum.Left) || IsText(sum.Right)
            || IsChoice(sum.Left) || IsChoice(sum.Right)),
        InvocationExpressionSyntax call => IsCreate(call),
        ParenthesizedExpressionSyntax inner => IsText(inner.Expression),
        _ => false,
    };

    static bool IsChoice(ExpressionSyntax node) => node switch
    {
        ParenthesizedExpressionSyntax inner => IsChoice(inner.Expression),
        ConditionalExpressionSyntax choice => IsText(choice.WhenTrue) || IsText(choice.WhenFalse),
        _ => false,
    };

    static bool IsCreate(InvocationExpressionSyntax call) => call.Expression.ToString() == "string.Create"
        && call.ArgumentList.Arguments is [_, var text] && IsText(text.Expression);

    static List<string> Alternatives(ExpressionSyntax node) => node switch
    {
        LiteralExpressionSyntax literal when IsText(literal) =>
            [literal.Token.ValueText.Replace("{}", "{ }", StringComparison.Ordinal)],
        InterpolatedStringExpressionSyntax text => [.. text.Contents.Select(Alternatives)
            .Aggregate((List<string>)[""], Product)],
        BinaryExpressionSyntax sum when IsText(sum) => Product(Alternatives(sum.Left), Alternatives(sum.Right)),
        ParenthesizedExpressionSyntax inner => Alternatives(inner.Expression),
        ConditionalExpressionSyntax choice when IsChoice(choice) =>
            [.. Alternatives(choice.WhenTrue), .. Alternatives(choice.WhenFalse)],
        InvocationExpressionSyntax call when IsCreate(call) => Alternatives(call.ArgumentList.Arguments[1].Expression),
        _ => [Hole],
    };

    static List<string> Alternatives(InterpolatedStringContentSyntax part) => part switch
    {
        InterpolatedStringTextSyntax text => [text.TextToken.ValueText
            .Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal)],
        InterpolationSyntax hole => Alternatives(hole.Expression),
        _ => [Hole],
    };

    static List<string> Product(List<string> left, List<string> right) =>
        left.Count * right.Count > MostAlternatives ? [.. left.Select(text => text + Hole)]
            : [.. left.SelectMany(start => right.Select(end => start + end))];

    static string Numbered(string pattern)
    {
        int next = 0;
        return HolePattern().Replace(pattern, _ => $"{{{next++}}}");
    }

    static bool IsProse(string pattern) => Prose().IsMatch(pattern.Replace(Hole, "0", StringComparison.Ordinal));

    [GeneratedRegex(@"\{\}")]
    private static partial Regex HolePattern();

    [GeneratedRegex(@"[\p{L}0-9)'%][,:;.]? \(?'?\p{Ll}{2,}|^\p{Ll}{4,} 0$")]
    private static partial Regex Prose();
}
