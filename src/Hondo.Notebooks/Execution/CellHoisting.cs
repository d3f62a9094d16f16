using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Hondo.Notebooks;

/// <summary>
/// Finds which variables and functions of a cell live on after it, and takes their declarations out of its body. What a
/// static field cannot hold stays: spans, pointers, anonymous types, and whatever a <c>using</c> ends.
/// </summary>
sealed class CellHoisting(SemanticModel model, string file)
{
    static readonly SymbolDisplayFormat Full = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    readonly HashSet<ISymbol> _kept = new(SymbolEqualityComparer.Default);
    readonly List<TextChange> _changes = [];

    /// <summary>By name, the members of the class that holds it.</summary>
    public Dictionary<string, string> Held { get; } = new(StringComparer.Ordinal);

    /// <summary>By name, why it stays in its cell.</summary>
    public Dictionary<string, string> Stayed { get; } = new(StringComparer.Ordinal);

    /// <summary>The body without the declarations of what is held.</summary>
    public string Apply(SourceText text, BlockSyntax block)
    {
        foreach (StatementSyntax statement in block.Statements)
            Visit(statement);
        int start = block.OpenBraceToken.Span.End;
        string body = text.ToString(TextSpan.FromBounds(start, block.CloseBraceToken.SpanStart));
        return SourceText.From(body).WithChanges(_changes.DistinctBy(one => one.Span).OrderBy(one => one.Span.Start)
            .Select(one => new TextChange(new(one.Span.Start - start, one.Span.Length), one.NewText!))).ToString()
            .Split("\n#line hidden")[0];
    }

    void Visit(StatementSyntax statement)
    {
        foreach (ReturnStatementSyntax end in Inside<ReturnStatementSyntax>(statement))
            if (end.Expression is null)
                _changes.Add(new(new(end.ReturnKeyword.Span.End, 0), " null"));
        if (statement is LocalFunctionStatementSyntax function)
            Hold(function);
        else if (statement is LocalDeclarationStatementSyntax declaration)
            Hold(declaration);
        if (statement is ExpressionStatementSyntax or ReturnStatementSyntax or LocalDeclarationStatementSyntax)
            foreach (var designation in Inside<SingleVariableDesignationSyntax>(statement))
                Hold(designation);
    }

    void Hold(LocalDeclarationStatementSyntax statement)
    {
        VariableDeclarationSyntax declaration = statement.Declaration;
        List<(VariableDeclaratorSyntax Syntax, ILocalSymbol Symbol)> variables = [.. declaration.Variables
            .Select(one => (one, (ILocalSymbol)model.GetDeclaredSymbol(one)!))];
        string? reason = !statement.UsingKeyword.IsKind(SyntaxKind.None) ? "a 'using' ended it with its cell"
            : variables.Select(one => ReasonToStay(one.Symbol)).FirstOrDefault(one => one is not null);
        if (reason is not null)
        {
            foreach (var (_, symbol) in variables)
                (Stayed[symbol.Name], _) = (reason, _kept.Add(symbol));
            return;
        }
        foreach (var (syntax, symbol) in variables)
            Held[symbol.Name] = statement.IsConst
                ? $"public const {TypeOf(symbol)} {syntax.Identifier.Text} {syntax.Initializer};"
                : $"public static {TypeOf(symbol)} {syntax.Identifier.Text};";
        if (statement.IsConst)
            _changes.Add(new(statement.Span, ";"));
        else
            Assign(statement, variables);
    }

    // int a = 1, b; becomes a = 1; ; with every line where it was.
    void Assign(LocalDeclarationStatementSyntax statement,
        List<(VariableDeclaratorSyntax Syntax, ILocalSymbol Symbol)> variables)
    {
        _changes.Add(new(TextSpan.FromBounds(statement.SpanStart, variables[0].Syntax.SpanStart), ""));
        foreach (SyntaxToken comma in statement.Declaration.Variables.GetSeparators())
            _changes.Add(new(comma.Span, ";"));
        foreach (var (syntax, symbol) in variables)
            if (syntax.Initializer is null)
                _changes.Add(new(syntax.Span, ""));
            else if (syntax.Initializer.Value is InitializerExpressionSyntax list)
                _changes.Add(new(new(list.SpanStart, 0), $"new {TypeOf(symbol)} "));
    }

    void Hold(SingleVariableDesignationSyntax designation)
    {
        if (model.GetDeclaredSymbol(designation) is not ILocalSymbol symbol || ReasonToStay(symbol) is not null)
            return;
        SyntaxNode? place = designation.Parent is DeclarationExpressionSyntax ? designation.Parent
            : Outermost(designation);
        if (place is not DeclarationExpressionSyntax declaration)
            return;
        Held[symbol.Name] = $"public static {TypeOf(symbol)} {designation.Identifier.Text};";
        _changes.Add(new(declaration.Span, declaration.Designation.ToString()));
    }

    // var (a, (b, c)) = …
    static SyntaxNode? Outermost(SyntaxNode? node)
    {
        while (node?.Parent is ParenthesizedVariableDesignationSyntax)
            node = node.Parent;
        return node?.Parent;
    }

    void Hold(LocalFunctionStatementSyntax function)
    {
        SyntaxNode? inner = function.Body ?? (SyntaxNode?)function.ExpressionBody?.Expression;
        if (inner is null || model.AnalyzeDataFlow(inner) is not { } flow
            || flow.Captured.Concat(flow.ReadInside).Concat(flow.WrittenInside).Any(_kept.Contains))
            return;
        string modifiers = string.Join(' ', function.Modifiers.Where(one => !one.IsKind(SyntaxKind.StaticKeyword)));
        int line = function.GetLocation().GetMappedLineSpan().StartLinePosition.Line + 1;
        string name = function.Identifier.ValueText;
        Held[name] = Held.GetValueOrDefault(name, "") + $"\n#line {line} \"{file}\"\npublic static {modifiers} "
            + $"{function.WithModifiers(default).WithAttributeLists(default).WithoutLeadingTrivia().ToFullString()}\n";
        _changes.Add(new(function.Span, ";"));
    }

    static string? ReasonToStay(ILocalSymbol symbol) =>
        symbol.IsRef ? "a reference to another variable stays in its cell"
        : symbol.Type.IsRefLikeType ? $"a {symbol.Type.Name} lives on the stack, so it stays in its cell"
        : symbol.Type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer ? "a pointer stays in its cell"
        : symbol.Type.TypeKind == TypeKind.Error ? "its type is not known"
        : IsNameless(symbol.Type) ? "an anonymous type stays in its cell: use a tuple or a record"
        : null;

    static bool IsNameless(ITypeSymbol type) => type.IsAnonymousType
        || type is INamedTypeSymbol named && (named.IsFileLocal || named.TypeArguments.Any(IsNameless))
        || type is IArrayTypeSymbol array && IsNameless(array.ElementType);

    static string TypeOf(ILocalSymbol symbol) => symbol.Type.ToDisplayString(Full);

    static IEnumerable<T> Inside<T>(SyntaxNode statement) where T : SyntaxNode => statement
        .DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax))
        .OfType<T>();
}
