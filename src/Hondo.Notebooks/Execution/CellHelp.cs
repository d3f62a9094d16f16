using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Hondo.Notebooks;

/// <summary>What an editor asks while a cell is written: how a name goes on, what it is, whether the code is whole.
/// </summary>
sealed partial class CellHelp(CellCompiler compiler)
{
    const int MostNames = 500;

    /// <summary>Answers <c>complete</c>, <c>inspect</c> or <c>is_complete</c>.</summary>
    public JsonNode? Answer(string question, string code, int at) => question switch
    {
        "complete" => Complete(code, Math.Clamp(at, 0, code.Length)),
        "inspect" => Inspect(code, Math.Clamp(at, 0, code.Length)),
        "is_complete" => IsComplete(code),
        _ => null,
    };

    JsonObject Complete(string code, int at)
    {
        int start = at;
        while (start > 0 && (char.IsLetterOrDigit(code[start - 1]) || code[start - 1] == '_'))
            start--;
        string begun = code[start..at];
        // What stands after the place would make another expression of it.
        (CSharpCompilation compilation, SyntaxTree tree, int shift) = compiler.Sketch(code[..at]);
        SemanticModel model = compilation.GetSemanticModel(tree);
        string[] names = [.. Symbols(model, tree, shift + start, hasDot: start > 0 && code[start - 1] == '.')
            .Where(one => one.CanBeReferencedByName && !Holder().IsMatch(one.Name))
            .Select(one => one.Name).Where(name => name.StartsWith(begun, StringComparison.OrdinalIgnoreCase))
            .Distinct().Order(StringComparer.OrdinalIgnoreCase).Take(MostNames)];
        return new()
        {
            ["matches"] = new JsonArray([.. names.Select(JsonNode? (name) => name)]),
            ["start"] = start,
            ["end"] = at,
        };
    }

    static IEnumerable<ISymbol> Symbols(SemanticModel model, SyntaxTree tree, int at, bool hasDot)
    {
        if (!hasDot)
            return model.LookupSymbols(at);
        ExpressionSyntax? left = tree.GetRoot().FindToken(at - 1).Parent switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            QualifiedNameSyntax name => name.Left,
            MemberBindingExpressionSyntax binding => (binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>())
                ?.Expression,
            _ => null,
        };
        if (left is null)
            return [];
        ISymbol? named = model.GetSymbolInfo(left).Symbol;
        if (named is INamespaceOrTypeSymbol place)
            return model.LookupSymbols(at, place).Where(one => place is INamespaceSymbol || one.IsStatic
                || one is ITypeSymbol);
        return model.GetTypeInfo(left).Type is { } type
            ? model.LookupSymbols(at, type, includeReducedExtensionMethods: true).Where(one => !one.IsStatic)
            : [];
    }

    JsonNode? Inspect(string code, int at)
    {
        (CSharpCompilation compilation, SyntaxTree tree, int shift) = compiler.Sketch(code);
        SemanticModel model = compilation.GetSemanticModel(tree);
        SyntaxToken token = tree.GetRoot().FindToken(shift + at);
        if (!token.IsKind(SyntaxKind.IdentifierToken) && at > 0)
            token = tree.GetRoot().FindToken(shift + at - 1);
        if (token.Parent is not { } node || !token.IsKind(SyntaxKind.IdentifierToken))
            return null;
        SymbolInfo info = model.GetSymbolInfo(node);
        ISymbol? symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault() ?? model.GetDeclaredSymbol(node);
        if (symbol is null)
            return null;
        string text = symbol.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        string summary = DocumentationText.Of(symbol);
        return summary.Length > 0 ? $"{text}\n\n{summary}" : text;
    }

    static JsonObject IsComplete(string code)
    {
        CellSource cell = CellSource.Parse(code, "cell");
        Diagnostic[] errors = [.. cell.Errors];
        bool isOpen = errors.Any(one => one.Location.SourceSpan.End >= code.TrimEnd().Length
            && one.Id is "CS1513" or "CS1026" or "CS1003" or "CS1733" or "CS1002" or "CS1010" or "CS8997" or "CS1035");
        return new()
        {
            ["status"] = errors.Length == 0 ? "complete" : isOpen ? "incomplete" : "invalid",
            ["indent"] = isOpen ? "    " : "",
        };
    }

    // Classes that hold variables are no names for people.
    [GeneratedRegex(@"^(V|Run|Extensions|Sketch|Level)__")]
    private static partial Regex Holder();
}
