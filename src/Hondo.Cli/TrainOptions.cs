using System.CommandLine;

namespace Hondo.Cli;

/// <summary>The options of <c>hondo train</c>. What is null is chosen by the data.</summary>
sealed class TrainOptions
{
    public Argument<string?> Data { get; } = new("DATA")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "digits, iris, mnist, fashion-mnist, cifar10, shakespeare, copy, repeat-copy, a .csv (.gz) or "
            + ".txt file, or a folder of pictures by class",
    };

    public TableOptions Table { get; } = new();

    public Option<string> Model { get; } = Text("--model", "TEXT|NAME",
        "a name, mlp or softmax or linear, or a text, \"Sequential(Linear(784, 64), Relu(), Linear(64, 10))\"");

    public Option<string> From { get; } = Text("--from", "MODEL",
        "transfer: the body of a pretrained network, e.g. mobilenet_v2, or of a run, frozen, with a new head");

    public Option<bool> Freeze { get; } = new("--freeze")
    {
        Description = "with --from: the body stays as it is to the end, as without --unfreeze-after",
    };

    public Option<int?> UnfreezeAfter { get; } = NumberOption.From(0, "--unfreeze-after",
        "with --from: after N epochs the body is trained too, the slower the nearer to the input; 0 from the start");

    public Option<string> Optimizer { get; } = Text("--optimizer", "TEXT", "e.g. \"Adam(learningRate: 0.001)\"");

    public Option<string> Schedule { get; } = Text("--schedule", "TEXT", "e.g. \"CosineDecay(10)\" or ConstantRate");

    public Option<string> Loss { get; } = Text("--loss", "NAME", "e.g. CrossEntropy or MeanSquaredError");

    public Option<int?> Epochs { get; } = NumberOption.From(1, "--epochs",
        "how often the training part is gone through");

    public Option<int?> Batch { get; } = NumberOption.From(1, "--batch", "samples a step");

    public Option<ulong?> Seed { get; } = NumberOption.Seed("what first weights, order and dropout depend on; 1");

    public Option<int?> Threads { get; } = NumberOption.From(1, "--threads",
        "threads; the result is the same for any; all cores", NumberOption.MostThreads);

    public Option<bool> Exact { get; } = new("--exact")
    {
        Description = "3x3 convolutions without Winograd's algorithm: each output from its own products alone, at "
            + "about half the speed; other bits",
    };

    public Option<int?> Size { get; } = NumberOption.From(1, "--size",
        "height and width that the pictures of a folder get; their own when small, else 64");

    public Option<int?> Cache { get; } = NumberOption.From(1, "--cache",
        "MiB of decoded pictures that stay in memory, the others are decoded in each epoch; 192");

    public Option<string> Split { get; } = Read("--split", "60/20/20", "shares of train, dev and test, stratified",
        Hondo.Data.Split.Parse);

    public Option<string> Normalize { get; } = Text("--normalize", "on|off",
        "subtract the mean of the training part, divide by its deviation; on");

    public Option<string> Tokens { get; } = Text("--tokens", "KIND",
        "what a text is made of: characters, words, words(5000), byte-pairs or byte-pairs(1024); characters");

    public Option<int?> Window { get; } = NumberOption.From(1, "--window",
        "tokens of a text that gradients reach back; 50, or 128 for transformers");

    public Option<string?> Augment { get; } = AugmentOption();

    public Option<string> Run { get; } = Text("--run", "FOLDER", "the run folder; runs/<time>_<data>-<model>_<id>");

    public Option<string> Resume { get; } = Text("--resume", "RUN",
        "go on with a run that was interrupted, with its own data and options, to the same bits");

    public Option<string> CheckpointEvery { get; } = Read("--checkpoint-every", "TIME",
        "when checkpoints are written besides the end, \"100 steps\" or \"2 epochs\"; \"5 minutes\"",
        Training.Every.Parse);

    public Option<string> Average { get; } = Text("--average", "TEXT",
        "average the weights and use the average, \"Ema(0.999)\" or \"Swa(start: 8)\"; off");

    public Option<int?> Patience { get; } = NumberOption.From(1, "--patience",
        "end when dev has not got better for so many epochs; the best model is given back in any case; never");

    public Option<string> TimeLimit { get; } = Read("--time-limit", "TIME",
        "end after 90s, 10m or 1h30m with the best model and a checkpoint; --resume goes on", Training.TimeLimit.Parse);

    public Option<bool> FindRate { get; } = new("--find-rate")
    {
        Description = "do not train: try learning rates, suggest one, write the curve as SVG and CSV",
    };

    public Option<bool> OverfitBatch { get; } = new("--overfit-batch")
    {
        Description = "do not train: say whether the model can learn one batch by heart",
    };

    public Option<bool> DryRun { get; } = new("--dry-run")
    {
        Description = "do not train: take one step, write and remove every file, say what a run would do",
    };

    public Option<bool> Profile { get; } = new("--profile")
    {
        Description = "say where the time of the steps went, by layer and op; a trace for Perfetto in the run's folder",
    };

    public Option<double?> HumanError { get; } = NumberOption.Share("--human-error",
        "the share of wrong answers that even a careful person gives, e.g. 0.02: what bias is measured from; 0");

    public Option<bool> Dashboard { get; } = new("--dashboard")
    {
        Description = "watch and steer this run in the browser, at the address that is printed",
    };

    public Option<bool> Quiet { get; } = new("--quiet") { Description = "no progress" };

    public Option<bool> Json { get; } = new("--json") { Description = "standard output is JSON lines only" };

    /// <summary>Those that act while a training runs. That a run remembers them, the trials of a study have them, and
    /// what does not train refuses them, follows from this list. What only changes another's callback makes none.
    /// </summary>
    public IReadOnlyList<ActingOption> Acting =>
    [
        new(Patience, (parsed, monitor) => new Training.Patience(monitor, parsed.GetValue(Patience)!.Value)),
    ];

    public Command AddTo(Command command)
    {
        command.Add(Data);
        command.Validators.Add(result =>
        {
            if (result.GetResult(Data)?.Tokens is not [_] && result.GetResult(Resume) is null)
                result.AddError("train needs DATA, or --resume RUN to go on with a run");
        });
        Normalize.AcceptOnlyFromAmong("on", "off");
        foreach (Option option in (ReadOnlySpan<Option>)[.. Table.All, Model, From, Freeze, UnfreezeAfter, Optimizer,
            Schedule, Loss, Epochs, Batch, Seed, Threads, Exact, Size, Cache, Split, Normalize, Augment, Tokens, Window,
            Run, Resume, CheckpointEvery, Average, .. Acting.Select(one => one.Option), TimeLimit, HumanError, FindRate,
            OverfitBatch, DryRun, Profile, Dashboard, Quiet, Json])
            command.Add(option);
        return command;
    }

    /// <summary>How samples are changed; the name alone asks for what fits the data.</summary>
    public static Option<string?> AugmentOption() => new("--augment")
    {
        Description = "change training samples a little, e.g. \"shift(2), rotate(10), flip, mixup\"; without a text "
            + "what fits the data, as do colours and few pictures by themselves; off for not at all",
        HelpName = "TEXT",
        Arity = ArgumentArity.ZeroOrOne,
    };

    static Option<string> Text(string name, string help, string description) =>
        new(name) { Description = description, HelpName = help };

    // A text that cannot be read is wrong usage, like a number that cannot.
    static Option<string> Read(string name, string help, string description, Func<string, object> read)
    {
        Option<string> option = Text(name, help, description);
        option.Validators.Add(result =>
        {
            try
            {
                _ = result.Tokens is [var word] ? read(word.Value) : null;
            }
            catch (FormatException error)
            {
                result.AddError($"{name} cannot be read: {error.Message}");
            }
        });
        return option;
    }
}
