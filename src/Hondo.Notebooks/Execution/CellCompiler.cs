using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;

namespace Hondo.Notebooks;

/// <summary>A compiled cell.</summary>
/// <param name="Name">Its assembly.</param>
/// <param name="Type">The class with the method to run.</param>
/// <param name="Image">The assembly.</param>
/// <param name="Symbols">Where its code comes from.</param>
sealed record CompiledCell(string Name, string Type, byte[] Image, byte[] Symbols);

/// <summary>
/// Compiles cells, each as an ordinary library: the whole language works in it, and what it declares is there for later
/// cells, redefinition included. A cell that does not compile changes nothing.
/// </summary>
sealed class CellCompiler
{
    static readonly CSharpCompilationOptions Options = new(OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Release, allowUnsafe: true,
        nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: false);

    static readonly EmitOptions Emit = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    readonly CellScope _scope = new();
    CSharpCompilation? _last;
    int _number;

    public CellScope Scope => _scope;

    /// <summary>Compiles the next cell.</summary>
    /// <param name="code">Its source.</param>
    /// <param name="file">What errors and traces call it.</param>
    /// <exception cref="CellException">It is not C#.</exception>
    public CompiledCell Compile(string code, string file)
    {
        CellSource cell = CellSource.Parse(code, file);
        Throw(cell.Errors, file);
        int level = _scope.LevelFor(cell.TypeNames);
        string space = CellScope.NamespaceAt(level);
        (CSharpCompilation bound, SyntaxTree tree, CellHoisting hoisting, string body) = Bind(cell, ++_number, level);

        HashSet<string> mentioned = [.. cell.Mentioned.Except(hoisting.Held.Keys)];
        string holders = string.Concat(hoisting.Held.Select(one =>
            $"public static partial class {HolderOf(one.Key)} {{ {one.Value} }}\n"));
        string prefix = _scope.Prefix(mentioned, cell.Usings, cell.TypeNames)
            + string.Concat(hoisting.Held.Keys.Select(name => CellScope.UsingStatic($"{space}.{HolderOf(name)}")));
        string text = CellText.Of(cell, _number, level, prefix, holders, body);
        CSharpCompilation final = bound.ReplaceSyntaxTree(tree,
            CSharpSyntaxTree.ParseText(text, CellSource.Options, file, Encoding.UTF8));
        using MemoryStream image = new(), symbols = new();
        EmitResult result = final.Emit(image, symbols, options: Emit);
        if (!result.Success)
            Throw(result.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error), file);
        var compiled = new CompiledCell($"Cell{_number}", $"{space}.{CellText.ClassOf(_number)}",
            image.ToArray(), symbols.ToArray());
        TakeOver(cell, hoisting, space, compiled);
        _last = final;
        return compiled;
    }

    /// <summary>
    /// The code within everything that earlier cells declared, for completion; the place of its first character.
    /// </summary>
    public (CSharpCompilation Compilation, SyntaxTree Tree, int Start) Sketch(string code)
    {
        string prefix = _scope.Prefix(_scope.Names.ToHashSet(), [], []);
        string head = $"static class Sketch__ {{ static async {CellText.Task} Go() {{\n";
        string text = CellScope.File(prefix, _scope.Level, head + code + "\n;return null; } }");
        SyntaxTree tree = CSharpSyntaxTree.ParseText(text, CellSource.Options);
        return (Compilation("Sketch").AddSyntaxTrees(tree), tree,
            text.IndexOf(head, StringComparison.Ordinal) + head.Length);
    }

    (CSharpCompilation, SyntaxTree, CellHoisting, string Body) Bind(CellSource cell, int number, int level)
    {
        string prefix = _scope.Prefix(cell.Mentioned, cell.Usings, cell.TypeNames);
        for (bool isVoid = false; ; isVoid = true)
        {
            SyntaxTree tree = CSharpSyntaxTree.ParseText(
                CellText.Of(cell, number, level, prefix, "", CellText.Body(cell, isVoid)), CellSource.Options,
                cell.File, Encoding.UTF8);
            CSharpCompilation compilation = Compilation($"Cell{number}").AddSyntaxTrees(tree);
            SemanticModel model = compilation.GetSemanticModel(tree);
            MethodDeclarationSyntax method = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
                .Last(one => one.Identifier.ValueText == CellText.Method
                    && (one.Parent as ClassDeclarationSyntax)?.Identifier.ValueText == CellText.ClassOf(number));
            if (!isVoid && cell.Value is not null && IsVoid(method, model))
                continue;
            var hoisting = new CellHoisting(model, cell.File);
            return (compilation, tree, hoisting, hoisting.Apply(tree.GetText(), method.Body!));
        }
    }

    // A last expression such as Console.WriteLine(x) has no value.
    static bool IsVoid(MethodDeclarationSyntax method, SemanticModel model) =>
        method.Body!.Statements is [.., ReturnStatementSyntax
        {
            Expression: CastExpressionSyntax { Expression: ParenthesizedExpressionSyntax value }
        }, _]
        && model.GetTypeInfo(value.Expression).Type?.SpecialType == SpecialType.System_Void;

    // Made from the last one, a compilation knows the references already.
    CSharpCompilation Compilation(string name) =>
        (_last ?? CSharpCompilation.Create(name, [], _scope.References, Options))
            .RemoveAllSyntaxTrees().WithReferences(_scope.References).WithAssemblyName(name);

    void TakeOver(CellSource cell, CellHoisting hoisting, string space, CompiledCell compiled)
    {
        foreach (string name in hoisting.Held.Keys)
            _scope.Hold(name, $"{space}.{HolderOf(name)}");
        foreach ((string name, string reason) in hoisting.Stayed)
            _scope.Leave(name, reason);
        foreach (string line in cell.Usings)
            _scope.Use(line);
        _scope.Declare(cell.TypeNames, _scope.LevelFor(cell.TypeNames));
        if (hoisting.Held.Count > 0 || cell.TypeNames.Count > 0 || cell.Types.Any())
            _scope.References.Add(MetadataReference.CreateFromImage(compiled.Image));
    }

    string HolderOf(string name) => $"V__{_number}_{name}";

    void Throw(IEnumerable<Diagnostic> errors, string file)
    {
        Diagnostic[] all = [.. errors.DistinctBy(one => (one.Id, one.Location.GetMappedLineSpan().StartLinePosition))];
        if (all.Length == 0)
            return;
        List<string> lines = [.. all.Take(5).Select(one => $"{file}, line {LineOf(one)}: {Said(one)}")];
        if (all.Length > 5)
            lines.Add($"and {all.Length - 5} more");
        throw new CellException(new CellError(CellError.NotCompiled, lines[0], lines, LineOf(all[0])));
    }

    string Said(Diagnostic error)
    {
        string hint = error.Id == "CS0103" && _scope.Stayed.FirstOrDefault(one => error.GetMessage(null)
            .Contains($"'{one.Key}'", StringComparison.Ordinal)) is { Value: { } reason }
            ? $" ({reason})" : "";
        return $"{error.Id}: {error.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}{hint}";
    }

    static int LineOf(Diagnostic error) => error.Location.GetMappedLineSpan().StartLinePosition.Line + 1;
}
