using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Hondo.Notebooks;

/// <summary>
/// Puts a look at the interrupt into loops that may run for long: while and do, and for and foreach that call
/// something. An innermost loop of plain arithmetic stays as it is: there a look costs half its time.
/// </summary>
static class InterruptPolls
{
    public const string Poll = "global::Hondo.Tensors.Interrupts.Check();";

    public static IEnumerable<TextChange> Of(SyntaxNode root)
    {
        List<(int At, int Depth, string Text)> inserts = [];
        foreach (SyntaxNode loop in root.DescendantNodes())
        {
            StatementSyntax? body = loop switch
            {
                WhileStatementSyntax one => one.Statement,
                DoStatementSyntax one => one.Statement,
                ForStatementSyntax one when Calls(one) => one.Statement,
                CommonForEachStatementSyntax one when Calls(one) => one.Statement,
                _ => null,
            };
            if (body is null || body.IsMissing)
                continue;
            if (body is BlockSyntax block)
                inserts.Add((block.OpenBraceToken.Span.End, 0, Poll));
            else
            {
                inserts.Add((body.SpanStart, 0, "{" + Poll));
                inserts.Add((body.Span.End, 1, "}"));
            }
        }
        // Loops without braces within each other end at the same place: one change for each place.
        return inserts.GroupBy(one => one.At).OrderBy(group => group.Key)
            .Select(group => new TextChange(new TextSpan(group.Key, 0),
                string.Concat(group.OrderByDescending(one => one.Depth).Select(one => one.Text))));
    }

    static bool Calls(StatementSyntax loop) => loop.DescendantNodes().Any(node =>
        node is InvocationExpressionSyntax or ObjectCreationExpressionSyntax or AwaitExpressionSyntax);
}
