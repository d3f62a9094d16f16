using Hondo.Data;
using Hondo.Layers;
using Hondo.Ops;
using Hondo.Optimizers;
using Hondo.Tensors;
using Hondo.Training;
using Linear = Hondo.Layers.Linear;
using Relu = Hondo.Layers.Relu;

namespace Hondo.Insights.Tests;

/// <summary>A trainer with a step of one's own has run folder, report and diagnosis like any other.</summary>
public sealed class OwnStepTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    string Run => _scratch["run"];

    static Trainer Autoencoder(int epochs, double rate, params Callback[] callbacks)
    {
        Layer model = new Sequential(new Linear(20, 16), new Relu(), new Linear(16, 20)).Initialize(1);
        return new(model, step =>
        {
            Tensor output = model.Forward(step.Inputs), loss = output.SquaredError(step.Inputs);
            step.Minimize(loss);
            step.Log("deviation", loss.Sqrt());
        }, new Adam(model.Parameters, rate))
        { Epochs = epochs, BatchSize = 20, Callbacks = callbacks };
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_has_its_report_with_what_the_step_logs(bool hasClasses)
    {
        DataSplits data = hasClasses ? Tasks.Parts()
            : new Split(70, 30, 0).Of(Dataset.Of("clouds", Tensor.RandomNormal([200, 20], seed: 1)));
        using var folder = new RunFolder(Run, new("run", ""), "{}", new());
        History history = Autoencoder(4, 0.01, folder, new RunReport(Run)).Fit(data);
        string page = File.ReadAllText(Path.Combine(Run, "report.html"));
        Assert.Contains("deviation", page, StringComparison.Ordinal);
        Assert.Contains(ScoreText.Of(history[^1].Dev!["deviation"]), page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_diagnosis_sees_a_rate_that_is_far_too_high()
    {
        List<Finding> findings = [];
        Trainer trainer = Autoencoder(5, 30, new Diagnosis(), new Listener(findings));
        trainer.Fit(Tasks.Parts());
        Assert.Contains(findings, finding => finding.Code is "learning-rate-too-high" or "divergence");
    }

    sealed class Listener(List<Finding> findings) : Callback
    {
        protected internal override void OnFinding(TrainingRun run, Finding finding) => findings.Add(finding);
    }
}
