using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Hondo.Notebooks.Tests;

/// <summary>
/// The numbers that a lesson's checks expect: for each one a copy of its check stands behind it in which this number is
/// another one, further off than the check tolerates.
/// </summary>
static class GoldenNumbers
{
    /// <summary>How the copies' names begin.</summary>
    public const string Changed = "changed ";

    /// <summary>The cell with a copy for each number, and how many there are.</summary>
    /// <param name="source">A cell with code.</param>
    /// <param name="first">The first copy's number.</param>
    public static (string Source, int Count) WithCopies(string source, int first)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(source).GetRoot();
        int next = first;
        foreach (StatementSyntax statement in root.DescendantNodes().OfType<ExpressionStatementSyntax>().Reverse())
        {
            if (((ExpressionStatementSyntax)statement).Expression is not InvocationExpressionSyntax check
                || check.Expression is not IdentifierNameSyntax { Identifier.ValueText: "Check" }
                || check.ArgumentList.Arguments is not { Count: >= 3 } given)
                continue;
            string tolerance = given.Count > 3 ? given[3].Expression.ToString() : "5e-4";
            string copies = string.Concat(Numbers(given[2].Expression).Select(number =>
                $" {Copy(statement, given[0].Expression, number, tolerance, next++)}"));
            string all = statement + copies;
            source = source.Remove(statement.SpanStart, statement.Span.Length).Insert(statement.SpanStart,
                statement.Parent is BlockSyntax or GlobalStatementSyntax ? all : $"{{ {all} }}");
        }
        return (source, next - first);
    }

    // Numbers as they are written, alone or in a list; what is computed is no golden number.
    static IEnumerable<ExpressionSyntax> Numbers(ExpressionSyntax expected) => expected switch
    {
        CollectionExpressionSyntax list => list.Elements.OfType<ExpressionElementSyntax>()
            .SelectMany(element => Numbers(element.Expression)),
        _ => expected.DescendantNodesAndSelf().All(node => node is LiteralExpressionSyntax
            or PrefixUnaryExpressionSyntax or BinaryExpressionSyntax or ParenthesizedExpressionSyntax)
            ? [expected] : [],
    };

    static string Copy(StatementSyntax check, ExpressionSyntax what, ExpressionSyntax number, string tolerance,
        int which)
    {
        string text = check.ToString();
        int start = check.SpanStart;
        text = text.Remove(number.SpanStart - start, number.Span.Length)
            .Insert(number.SpanStart - start, $"({number} + 2 * ({tolerance}))");
        return text.Remove(what.SpanStart - start, what.Span.Length)
            .Insert(what.SpanStart - start, $"\"{Changed}{which}: \" + ({what})");
    }
}
