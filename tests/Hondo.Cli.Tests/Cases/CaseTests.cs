using System.Diagnostics;

namespace Hondo.Cli.Tests.Cases;

/// <summary>
/// Every case from practice gives its right result. In a command line <c>@</c> is the case's folder and <c>%</c> one
/// that is gone afterwards; of several commands, parted by <c>;</c>, the last one is judged, and those before must do.
/// What must not be said begins with <c>!</c>.
/// </summary>
public sealed class CaseTests(CaseFiles files) : IClassFixture<CaseFiles>, IDisposable
{
    readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("01-24-classes", "train @/letters.csv --target label --epochs 1", 0, "target label: 24 classes",
        "accuracy")]
    [InlineData("02-numeric-header", "train @/cols.csv --epochs 1", 0, "90 rows, comma, header; target species: 3 "
        + "classes; features 0, 1, 2")]
    [InlineData("05-thousands-comma", "train @/a.csv", 1, "column area: 1,445 can be 1445 or 1.445",
        "--decimal . for 1445, --decimal , for 1.445")]
    [InlineData("05-thousands-comma", "train @/b.csv", 1, "column area: 1,445 can be 1445 or 1.445")]
    [InlineData("05-thousands-comma", "train @/a.csv --decimal . --epochs 1", 0, "features city (3 texts), area\n")]
    [InlineData("06-huge-labels", "train @/big.csv --epochs 1", 0, "target id: 2 classes")]
    [InlineData("06-huge-labels", "train @/ids.csv --epochs 1", 0, "target k: 3 classes")]
    [InlineData("06-huge-labels", "train @/three.csv --epochs 1", 0, "target k: 3 classes")]
    [InlineData("06-huge-labels", "train @/three.csv --epochs 9 --run %/r ; predict %/r 1.05,0.15", 0,
        "9007199254740993 0.")]
    [InlineData("08-NA-None", "train @/na.csv --epochs 1", 0, "target kind: 3 classes; features country (3 texts), v",
        "country: 'NA' is read as a text like the others; --missing NA", "'None' is read as a text like the others")]
    [InlineData("08-NA-None", "train @/country.csv --missing NA --epochs 1", 0, "features country (2 texts), v")]
    [InlineData("10-trailing-comma", "train @/both.csv --target diagnosis --epochs 1", 0,
        "2 classes; features m, s; not used: id (all different), column 5 (empty)")]
    [InlineData("10-trailing-comma", "train @/header.csv --target diagnosis --epochs 1", 0,
        "2 classes; features m, s; not used: id (all different), column 5 (empty)")]
    [InlineData("13-csv-in-txt", "train @/ex1.txt --target 2 --epochs 1", 0,
        "97 rows, comma, no header; target column 2: numbers; features column 1", "is read as a table")]
    [InlineData("15-tiny-duplicates", "train @/dup.csv --epochs 1", 0, "15 rows", "!error")]
    [InlineData("24-german-numbers", "train @/de.csv --epochs 1", 0, "60 rows, semicolon, decimal comma, header; "
        + "target preis: numbers; features flaeche, zins")]
    [InlineData("57-bars", "train @/movies.data --epochs 1", 0, "60 rows, comma, no header; target column 5")]
    [InlineData("65-unseen-category", "train @/train.csv --epochs 2 --run %/r ; predict %/r @/new.csv", 0,
        "new.csv, line 3, column col: 'green' was not in the training data", "It counts as none of them")]
    [InlineData("93-dates", "train @/days.csv --epochs 1 --run %/r ; predict %/r @/new.csv", 0, "a 0.")]
    [InlineData("93-dates", "train @/days.csv --epochs 1", 0, "features day (a date), temp", "day holds dates")]
    [InlineData("94-letters-first", "train @/letter.data --epochs 1", 0, "target column 7: 16 classes", "column 7 is "
        + "taken for the target: if it is the first that is to be predicted, say --target 1")]
    public void Tables(string name, string commands, int code, params string[] said) => Try(name, commands, code, said);

    [Theory]
    [InlineData("30-exif", "train @/data --epochs 4 --augment off --run %/r ; predict %/r @/phone.jpg", 0, "top ")]
    [InlineData("30-exif", "train @/data --epochs 4 --augment off --run %/r ; eval %/r @/lying", 0, "80 samples",
        "accuracy 1.0000")]
    [InlineData("31-other-formats", "train @/data --dry-run", 0, "data: 28 pictures, 16×16 in colour; 2 classes: a, "
        + "b\n")]
    [InlineData("32-capital-train", "train @/data --dry-run", 0, "data: 32 pictures, 16×16 in grey (16 to train, 16 to "
        + "measure); 2 classes: cat, dog\n")]
    [InlineData("32-capital-train", "train @/kaggle --dry-run", 0, "kaggle: 32 pictures, 16×16 in grey (16 to train, "
        + "16 to measure); 2 classes: cat, dog\n")]
    [InlineData("34-hidden", "train @/data --dry-run", 0, "data: 12 pictures, 16×16 in grey; 2 classes: a, b\n")]
    [InlineData("34-hidden", "train @/nomac --dry-run", 0, "nomac: 12 pictures, 16×16 in grey; 2 classes: a, b\n")]
    [InlineData("35-first-tiny", "train @/data --dry-run", 0, "pictures become 60×60; 1 of 17 have another size")]
    [InlineData("38-broken", "train @/data", 1, "3 of its 200 pictures cannot be read", "a/150.png", "b/120.png",
        "b/170.png")]
    [InlineData("39-links", "train @/data --dry-run", 0, "8 training samples")]
    [InlineData("50-texts", "train @/crlf.txt --epochs 1 --run %/r ; eval %/r @/lf.txt", 0, "bits per character")]
    [InlineData("50-texts", "train @/cr.txt --epochs 1 --run %/r ; eval %/r @/crlf.txt", 0, "bits per character")]
    [InlineData("50-texts", "train @/bom.txt --dry-run", 0, "a text of 2,400 characters in 300 lines")]
    [InlineData("50-texts", "train @/emoji.txt --dry-run", 0, "a text of 5,200 characters in 200 lines")]
    [InlineData("50-texts", "train @/oneline.txt --dry-run", 0, "a text of 78,000 characters in 1 line\n")]
    [InlineData("50-texts", "train @/same.txt --dry-run", 0, "a text of 3,000 characters in 1 line\n")]
    [InlineData("50-texts", "train @/empty.txt", 1, "the file is empty, but a text was expected")]
    [InlineData("50-texts", "train @/tiny.txt", 1, "it has 5 characters, but one window takes")]
    [InlineData("50-texts", "train @/u16.txt", 1, "begins as UTF-16 does: convert it")]
    public void Pictures_and_texts(string name, string commands, int code, params string[] said) =>
        Try(name, commands, code, said);

    [Theory]
    [InlineData("41-wrong-loss", "train @/bin.csv --model Sequential(Linear(2,8),Relu(),Linear(8,1)) --loss "
        + "BinaryCrossEntropy --epochs 12 --run %/r ; predict %/r 1,0.5", 0, "b  b 0.")]
    [InlineData("01-24-classes", "train @/letters.csv --loss CrossEntropy", 1, "CrossEntropy() needs classes or shares "
        + "of 1, but the target b is", "use MeanSquaredError")]
    [InlineData("72-unused-options", "train iris --target foo", 2, "--target ", "leave it out")]
    [InlineData("31-other-formats", "train @/data --target foo --tokens words --window 3", 2, "--target ")]
    [InlineData("31-other-formats", "train @/data --tokens words", 2, "--tokens ")]
    [InlineData("31-other-formats", "train @/data --window 3", 2, "--window ")]
    [InlineData("41-wrong-loss", "train @/bin.csv --model logistic --epochs 5", 0, "accuracy 0.9")]
    [InlineData("41-wrong-loss", "train @/bin.csv --model logistic --loss BinaryCrossEntropy --epochs 5", 0,
        "accuracy 0.9")]
    [InlineData("41-wrong-loss", "train @/bin.csv --loss BinaryCrossEntropy --epochs 2", 0, "accuracy 0.9")]
    [InlineData("hostile", "eval @/sane.safetensors digits", 0, "1,000 samples")]
    [InlineData("hostile", "eval @/pad.safetensors digits", 1, "reaches further than can be computed with")]
    [InlineData("hostile", "eval @/dil3.safetensors digits", 1, "reaches further than can be computed with")]
    [InlineData("hostile", "eval @/pool.safetensors digits", 1, "3.weight")]
    [InlineData("hostile/run-badutf8", "runs list @", 0, "good  done", "bad   broken", "it holds text that is no Unic")]
    [InlineData("hostile/run-deep-event", "runs list @", 0, "good  done", "bad   broken", "events.jsonl, line 1")]
    [InlineData("hostile/run-inf-seconds", "runs list @", 0, "good  done", "bad   broken", "seconds is not finite")]
    [InlineData("hostile/run-surrogate-event", "runs list @", 0, "good  done", "bad   broken", "events.jsonl, line 1")]
    [InlineData("hostile/run-badutf8", "runs show @/bad", 0, "broken")]
    [InlineData("hostile/run-deep-event", "runs show @/bad", 0, "broken")]
    [InlineData("hostile/run-inf-seconds", "runs compare @/good @/bad", 0, "0.819", "broken")]
    [InlineData("hostile/run-surrogate-event", "runs compare @/good @/bad", 0, "0.819", "broken")]
    public void Losses_options_and_hostile_files(string name, string commands, int code, params string[] said) =>
        Try(name, commands, code, said);

    // 73, 74 and 46: a run whose data were changed since.
    [Theory]
    [InlineData("x,y,k", "x,why,k", "eval %/r %/d.csv", "the column y is missing")]
    [InlineData("-0.236,0.795,a\n", "-0.236,0.795,b\n", "train --resume %/r", "the data are not those that the run "
        + "began with")]
    [InlineData("0.770,0.942,b\n", "", "train --resume %/r", "the data are not those that the run began with")]
    public void Data_that_changed_are_noticed(string old, string now, string command, string said)
    {
        string text = File.ReadAllText(Path.Combine(files["41-wrong-loss"], "bin.csv"));
        File.WriteAllText(_shell.Path("d.csv"), text);
        Try("41-wrong-loss", "train %/d.csv --epochs 900000 --time-limit 0.2s --run %/r", 0, []);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(_shell.Path("d.csv"), text.Replace(old, now, StringComparison.Ordinal));
        Try("41-wrong-loss", command, 1, [said]);
    }

    // 39: what cannot lie in every file system is made here.
    [Fact]
    public void Links_and_pipes_among_pictures_are_named()
    {
        if (OperatingSystem.IsWindows())
            return;
        string data = _shell.Path("data");
        foreach (string file in Directory.GetFiles(files["39-links"], "*.png", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(data, Path.GetRelativePath(Path.Combine(files["39-links"], "data"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        Directory.CreateSymbolicLink(Path.Combine(data, "loop"), data);
        Try("39-links", "train %/data --dry-run", 0, ["8 training samples", "is a link to a folder above: left out"]);
        string dangling = Path.Combine(data, "a", "dangling.png"), pipe = Path.Combine(data, "b", "pipe.png");
        File.CreateSymbolicLink(dangling, "/nowhere/to/be/found.png");
        Try("39-links", "train %/data", 1, ["a/dangling.png"]);
        File.Delete(dangling);
        Process.Start("mkfifo", pipe).WaitForExit();
        Try("39-links", "train %/data", 1, ["b/pipe.png"]);
    }

    void Try(string name, string commands, int code, string[] said)
    {
        string[] lines = commands.Split(" ; ");
        Answer answer = new(0, "", "");
        for (int i = 0; i < lines.Length; i++)
        {
            string[] words = [.. lines[i].Split(' ').Select(word => word
                .Replace("@", files[name], StringComparison.Ordinal).Replace("%", _shell.Path("").TrimEnd('/')))];
            if (words[0] == "train" && !words.Contains("--run") && !words.Contains("--resume"))
                words = [.. words, "--run", _shell.Path("run")];
            answer = _shell.Run(words);
            Assert.True(answer.Code == (i == lines.Length - 1 ? code : 0), $"{lines[i]}: {answer}");
        }
        string all = answer.Out + answer.Error;
        foreach (string text in said)
            if (text.StartsWith('!'))
                Assert.DoesNotContain(text[1..], all, StringComparison.Ordinal);
            else
                Assert.Contains(text, all, StringComparison.Ordinal);
    }
}
