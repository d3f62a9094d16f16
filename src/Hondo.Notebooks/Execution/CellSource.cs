using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Hondo.Notebooks;

/// <summary>
/// A cell, parsed: its usings, statements and types, the expression that is its value, and the directives that are not
/// for the compiler.
/// </summary>
sealed partial class CellSource
{
    public static readonly CSharpParseOptions Options = new(LanguageVersion.Preview);

    readonly CompilationUnitSyntax _root;

    CellSource(SyntaxTree tree, string file, IReadOnlyList<string> directives)
    {
        (Tree, File, Directives, _root) = (tree, file, directives, (CompilationUnitSyntax)tree.GetRoot());
        var last = _root.Members.LastOrDefault();
        if (last is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } s })
            Value = s.Expression;
        Usings = [.. _root.Usings.Select(one => one.WithoutTrivia().NormalizeWhitespace().ToFullString()
            .Replace("global ", "", StringComparison.Ordinal))];
    }

    public SyntaxTree Tree { get; }

    /// <summary>What the compiler calls the cell.</summary>
    public string File { get; }

    /// <summary><c>#r "nuget: …"</c> and <c>#:package …</c> lines.</summary>
    public IReadOnlyList<string> Directives { get; }

    /// <summary>A last expression without a semicolon, or null.</summary>
    public ExpressionSyntax? Value { get; }

    public IReadOnlyList<string> Usings { get; }

    public IEnumerable<StatementSyntax> Statements => _root.Members.OfType<GlobalStatementSyntax>()
        .Select(one => one.Statement);

    public IEnumerable<MemberDeclarationSyntax> Types => _root.Members.Where(one => one is not GlobalStatementSyntax);

    /// <summary>Every identifier: only these names' holders are imported.</summary>
    public HashSet<string> Mentioned => [.. _root.DescendantTokens()
        .Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText)];

    /// <summary>Names of the types that it declares, and of extension methods outside of a class.</summary>
    public IReadOnlyList<string> TypeNames => [.. Types.Select(type => type switch
    {
        BaseTypeDeclarationSyntax one => one.Identifier.ValueText,
        DelegateDeclarationSyntax one => one.Identifier.ValueText,
        _ => "",
    }).Where(name => name.Length > 0), .. Statements.OfType<LocalFunctionStatementSyntax>().Where(IsExtension)
        .Select(one => $"{one.Identifier.ValueText}()"),
        .. Types.OfType<ClassDeclarationSyntax>().SelectMany(one => one.Members).OfType<MethodDeclarationSyntax>()
            .Where(one => IsExtension(one.ParameterList)).Select(one => $"{one.Identifier.ValueText}()")];

    /// <summary>What is not C#, as far as the grammar says.</summary>
    public IEnumerable<Diagnostic> Errors => Tree.GetDiagnostics().Where(one =>
        one.Severity == DiagnosticSeverity.Error && one.Id is not ("CS8803" or "CS1529")
        && !(Value is not null && one.Id == "CS1002"));

    public static CellSource Parse(string code, string file)
    {
        code = code.Replace("\r\n", "\n", StringComparison.Ordinal);
        CellSource cell = ParseOnce(code, file);
        if (!cell.Tree.GetDiagnostics().Any())
            return cell;
        // The grammar has usings at the top only; a notebook may have them anywhere.
        if (LateUsing().IsMatch(code))
            cell = ParseOnce(code = UsingsFirst(code), file);
        // A product begins a declaration, says the grammar: x * y, and all that follows; in a notebook it is a value.
        int end = cell._root.DescendantTokens(descendIntoTrivia: true).Last(token => token.Span.Length > 0).Span.End;
        if (cell.Product is { } product && cell.InBrackets(code, product.SpanStart, end) is { Value: not null } whole
            && !whole.Errors.Any())
            return whole;
        // So does a name alone.
        return cell.LoneName is { } name ? cell.InBrackets(code, name.SpanStart, name.Span.End) : cell;
    }

    CellSource InBrackets(string code, int start, int end)
    {
        // Counted from the end: before it, looks at the interrupt were put in.
        int shift = code.Length - _root.FullSpan.End;
        (start, end) = (start + shift, end + shift);
        return ParseOnce($"{code[..start]}({code[start..end]}){code[end..]}", File);
    }

    // The last x * y that was read as the declaration of a pointer, and then made no sense.
    StatementSyntax? Product => Statements.OfType<LocalDeclarationStatementSyntax>().LastOrDefault(one =>
        one.ContainsDiagnostics && one.Declaration.Type is PointerTypeSyntax);

    // On the first line that is no directive: every line stays where it was.
    static string UsingsFirst(string code)
    {
        string usings = string.Concat(LateUsing().Matches(code).Select(one => one.Value.Trim()));
        string rest = LateUsing().Replace(code, "");
        return rest.Insert(Head().Match(rest).Length, usings + " ");
    }

    // The last name, when nothing follows it: not even a semicolon.
    TypeSyntax? LoneName => _root.Members.LastOrDefault() is GlobalStatementSyntax
    {
        Statement: LocalDeclarationStatementSyntax
        {
            SemicolonToken.IsMissing: true,
            Declaration: { Variables: [{ Identifier.IsMissing: true }], Type: IdentifierNameSyntax name },
        }
    } ? name : null;

    static CellSource ParseOnce(string code, string file)
    {
        SourceText text = SourceText.From(code, System.Text.Encoding.UTF8);
        SyntaxTree tree = CSharpSyntaxTree.ParseText(text, Options, file);
        List<TextChange> blanks = [];
        List<string> directives = [];
        foreach (SyntaxTrivia trivia in tree.GetRoot().DescendantTrivia().Where(one => one.IsDirective))
        {
            string line = trivia.ToString().Trim();
            if (IsForUs(line))
                directives.Add(line);
            else if (!IsQuiet(line))
                continue;
            TextLine whole = text.Lines.GetLineFromPosition(trivia.SpanStart);
            blanks.Add(new(whole.Span, ""));
        }
        if (blanks.Count > 0)
            tree = CSharpSyntaxTree.ParseText(text = text.WithChanges(blanks), Options, file);
        SourceText polled = text.WithChanges(InterruptPolls.Of(tree.GetRoot()));
        return new(polled == text ? tree : CSharpSyntaxTree.ParseText(polled, Options, file), file, directives);
    }

    public static bool IsExtension(LocalFunctionStatementSyntax function) => IsExtension(function.ParameterList);

    static bool IsExtension(ParameterListSyntax list) =>
        list.Parameters.Any(parameter => parameter.Modifiers.Any(SyntaxKind.ThisKeyword));

    /// <summary>A piece with the line that it has in the cell.</summary>
    public string At(SyntaxNode node) => AtFull(node, node.ToFullString());

    /// <summary>A text that stands for a piece without what is before and after it.</summary>
    public string At(SyntaxNode node, string text) => Line(node.Span, text);

    /// <summary>A text that stands for a piece with its comments before it: the line is counted from there.</summary>
    public string AtFull(SyntaxNode node, string text) => Line(node.FullSpan, text);

    string Line(TextSpan span, string text) =>
        $"\n#line {Tree.GetLineSpan(span).StartLinePosition.Line + 1} \"{File}\"\n{text}\n";

    static bool IsForUs(string line) => line.StartsWith("#r", StringComparison.Ordinal)
        && !line.StartsWith("#region", StringComparison.Ordinal) || line.StartsWith("#:", StringComparison.Ordinal);

    static bool IsQuiet(string line) => line.StartsWith("#region", StringComparison.Ordinal)
        || line.StartsWith("#endregion", StringComparison.Ordinal) || line.StartsWith("#!", StringComparison.Ordinal);

    [GeneratedRegex(@"\A([ \t]*(#.*)?\n)*")]
    private static partial Regex Head();

    [GeneratedRegex(@"^[ \t]*(global[ ]+)?using[ ]+(static[ ]+)?[A-Za-z_][\w.]*([ ]*=[^;\n]+)?;[ \t]*$",
        RegexOptions.Multiline)]
    private static partial Regex LateUsing();
}
