using System.Text.RegularExpressions;

namespace Hondo.Notebooks.Tests;

/// <summary>The lessons: each executes, all its checks hold, and both languages say the same numbers.</summary>
/// <param name="warm">The compiler is warm after the first lesson: 29 cold ones would take most of the time.</param>
public sealed partial class CourseTests(WarmProcess warm) : IClassFixture<WarmProcess>
{
    public static TheoryData<string> Lessons =>
        [.. Course.All(isSpanish: false).Where(one => one.IsLesson).Select(one => one.Name)];

    [Fact]
    public void Each_lesson_exists_in_both_languages_with_its_place()
    {
        IReadOnlyList<CourseNotebook> english = Course.All(isSpanish: false), spanish = Course.All(isSpanish: true);
        Assert.Equal(english.Count, spanish.Count);
        Assert.Equal(Enumerable.Range(1, english.Count), english.Select(one => one.Number));
        Assert.Equal(english.Select(one => one.IsLesson), spanish.Select(one => one.IsLesson));
        Assert.All(english.Zip(spanish), pair => Assert.NotEqual(pair.First.Title, pair.Second.Title));
        Assert.Equal(english[4].Name, Course.Find("5", isSpanish: false).Name);
        Assert.Equal(english[4].Name, Course.Find(spanish[4].Name, isSpanish: false).Name);
    }

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task A_lesson_executes_its_checks_hold_and_none_does_with_another_number(string name)
    {
        // Their code is the same (the test below): each runs in one of the two languages.
        CourseNotebook lesson = Course.Find(name, isSpanish: false);
        lesson = Course.Find(name, isSpanish: lesson.Number % 2 == 0);
        int numbers = 0;
        foreach (Cell cell in lesson.Notebook.Code)
        {
            (cell.Source, int count) = GoldenNumbers.WithCopies(cell.Source, numbers);
            numbers += count;
        }
        var run = new NotebookRun(Engine.Command) { Warm = warm.Process };
        IReadOnlyList<CellFailure> failures = await run.Execute(lesson.Notebook, Path.GetTempPath());
        Assert.Empty(failures.Select(failure => failure.Message));
        ILookup<bool, CheckResult> checks = run.Checks.ToLookup(check => check.What.StartsWith(GoldenNumbers.Changed,
            StringComparison.Ordinal));
        Assert.True(checks[false].Count() >= 3);
        Assert.Empty(checks[false].Where(check => !check.Holds).Select(check => check.What));
        Assert.Equal(numbers, checks[true].Select(check => check.What.Split(':')[0]).Distinct().Count());
        Assert.Empty(checks[true].Where(check => check.Holds).Select(check => check.What));
    }

    [Fact]
    public void The_lessons_have_110_golden_numbers() => Assert.InRange(Course.All(isSpanish: false)
        .Where(one => one.IsLesson).SelectMany(one => one.Notebook.Code)
        .Sum(cell => GoldenNumbers.WithCopies(cell.Source, 0).Count), 110, int.MaxValue);

    [Theory]
    [MemberData(nameof(Lessons))]
    public void Both_languages_compute_the_same(string name)
    {
        Notebook english = Course.Find(name, isSpanish: false).Notebook;
        Notebook spanish = Course.Find(name, isSpanish: true).Notebook;
        Assert.Equal(english.Cells.Select(cell => cell.Kind), spanish.Cells.Select(cell => cell.Kind));
        Assert.All(english.Code.Zip(spanish.Code),
            pair => Assert.Equal(Numbers(pair.First.Source), Numbers(pair.Second.Source)));
        // Two exercises, each with its check; solved ones hold nothing back from the student's.
        Assert.Equal(2, english.Code.Count(cell => cell.Has(Cell.ExerciseTag)));
        Notebook exercises = Exercises.Of(spanish, hidesChecks: false, isSpanish: true);
        Assert.Equal(2, exercises.Code.Count(cell => cell.Source.Contains("Tu código aquí", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("1.0, 1.0004", true)]
    [InlineData("1.0, 1.001", false)]
    [InlineData("1.0, 1.001, 1e-2", true)]
    [InlineData("double.NaN, 1", false)]
    [InlineData("[1, 2], [1, 2]", true)]
    [InlineData("[1, 2], [1, 2.1]", false)]
    [InlineData("[1, 2], [1]", false)]
    public async Task A_golden_number_that_is_not_met_is_a_check_that_fails(string numbers, bool holds)
    {
        var run = new NotebookRun(Engine.Command) { Warm = warm.Process };
        await run.Execute(Engine.Of($"Check(\"golden\", {numbers});"), Path.GetTempPath());
        Assert.Equal(holds, Assert.Single(run.Checks).Holds);
    }

    static string[] Numbers(string code) => [.. Number().Matches(code).Select(match => match.Value)];

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Number();
}
