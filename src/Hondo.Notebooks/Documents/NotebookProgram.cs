using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Hondo.Notebooks;

/// <summary>
/// A notebook as a program of one file, which <c>dotnet run</c> and a debugger take: usings first, then the statements
/// of all cells, types last; a value at the end of a cell becomes <c>Display(…);</c>.
/// </summary>
public static class NotebookProgram
{
    /// <summary>The program's text, and the cells that do not fit into one program, with the reason.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="project">The path of Hondo.Notebooks as the program's folder sees it.</param>
    public static (string Text, IReadOnlyList<string> Problems) Of(Notebook notebook, string project)
    {
        CellSource[] cells = [.. notebook.Code.Select((cell, i) =>
            CellSource.Parse(cell.Source, NotebookRun.FileOf(i + 1)))];
        string[] directives = [.. cells.SelectMany(cell => cell.Directives).Select(Directive).Distinct()
            .Where(line => !line.StartsWith("#:project", StringComparison.Ordinal)
                || !line.Contains("Hondo", StringComparison.Ordinal))];
        string head = string.Concat(directives.Append($"#:project {project}").Append("#:property PublishAot=false")
            .Distinct().Select(line => line + "\n"));
        return (head + Body(notebook, cells, withLines: false), [.. Problems(Body(notebook, cells, withLines: true))]);
    }

    static string Body(Notebook notebook, CellSource[] cells, bool withLines)
    {
        var text = new StringBuilder();
        foreach (string line in cells.SelectMany(cell => cell.Usings).Append("using Hondo.Notebooks;")
            .Append("using static Hondo.Notebooks.Cells;").Distinct())
            text.Append(line).Append('\n');
        int number = 0;
        foreach (Cell cell in notebook.Cells)
            if (cell.Kind != CellKind.Code)
                text.Append('\n').AppendJoin('\n', cell.Source.Split('\n').Select(line => $"// {line}".TrimEnd()))
                    .Append('\n');
            else
                Statements(text.Append('\n'), cells[number++], withLines);
        string extensions = string.Concat(cells.SelectMany(cell => cell.Statements)
            .OfType<LocalFunctionStatementSyntax>().Where(CellSource.IsExtension).Select(one => $"    public {one}\n"));
        if (extensions.Length > 0)
            text.Append("\nstatic class CellExtensions\n{\n").Append(extensions).Append("}\n");
        foreach (CellSource cell in cells)
            foreach (MemberDeclarationSyntax type in cell.Types)
                text.Append(withLines ? cell.At(type) : $"\n{Plain(type.ToFullString())}\n");
        return text.ToString();
    }

    static void Statements(StringBuilder text, CellSource cell, bool withLines)
    {
        foreach (StatementSyntax statement in cell.Statements)
            if (statement is LocalFunctionStatementSyntax function && CellSource.IsExtension(function))
                continue;
            else if (cell.Value is { } value && statement == value.Parent)
                text.Append(withLines ? cell.At(value, $"Display({value});")
                    : Plain($"{statement.GetLeadingTrivia()}Display({value});\n"));
            else
                text.Append(withLines ? cell.At(statement) : Plain(statement.ToFullString().TrimEnd() + "\n"));
    }

    // A program needs no look at the interrupt.
    static string Plain(string code) => code.Replace(InterruptPolls.Poll, "", StringComparison.Ordinal);

    static string Directive(string line)
    {
        string[] parts = line.StartsWith("#r", StringComparison.Ordinal)
            ? line.Replace("#r", "", StringComparison.Ordinal).Replace("nuget:", "", StringComparison.Ordinal)
                .Split(['"', ',', ' '], StringSplitOptions.RemoveEmptyEntries)
            : [];
        return parts.Length == 2 ? $"#:package {parts[0]}@{parts[1]}" : line;
    }

    static IEnumerable<string> Problems(string program)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(string.Concat(CellImports.Usings.Select(line => "global " + line))
            + "\n" + program, CellSource.Options, "program", Encoding.UTF8);
        CSharpCompilation compilation = CSharpCompilation.Create("Program", [tree], CellImports.References(),
            new(OutputKind.ConsoleApplication, allowUnsafe: true));
        return compilation.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error)
            .Select(one => (At: one.Location.GetMappedLineSpan(), Text: one.GetMessage(null)))
            .DistinctBy(one => one.At.Path)
            .Select(one => $"{one.At.Path}, line {one.At.StartLinePosition.Line + 1}: {one.Text}");
    }
}
