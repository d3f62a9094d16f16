// What a power cut, a kill, a bad disk and a flipped bit do to a training:
//   dotnet run --project tools/torture -- kill9 [1000] | resume [60] | faults | bitrot [5000] | signals [100]
//     | study [300] | study-postgres [20]
// Each ends with its figures on one line, and with exit code 1 when something was lost.

using Hondo.Torture;

try
{
    return args switch
    {
        ["kill9", .. var count] => Kill9.Run(Count(count, 1000)),
        ["resume", .. var count] => Resume.Run(Count(count, 60)),
        ["faults", .. var count] => Faults.Run(Count(count, int.MaxValue)),
        ["bitrot", .. var count] => BitRot.Run(Count(count, 5000)),
        ["signals", .. var count] => Signals.Run(Count(count, 100)),
        ["study", .. var count] => Studies.Run(Count(count, 300)),
        ["study-postgres", .. var count] => Studies.RunPostgres(Count(count, 20)),
        ["study-worker", var place] => Studies.Work(place),
        ["save", var folder] => Saver.SaveForEver(folder),
        ["save-in-place", var folder] => Saver.SaveInPlace(folder),
        ["save-when-told", var folder] => Saver.SaveWhenTold(folder),
        ["train", var folder, var step] => ShortTraining.Run(folder, Count([step], 0)),
        _ => throw new ArgumentException("torture kill9 | resume | faults | bitrot | signals | study | "
            + "study-postgres [COUNT]"),
    };
}
catch (ArgumentException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

static int Count(string[] words, int usual) => words switch
{
    [] => usual,
    [var word] when int.TryParse(word, out int count) && count >= 0 => count,
    _ => throw new ArgumentException("COUNT is a whole number."),
};
