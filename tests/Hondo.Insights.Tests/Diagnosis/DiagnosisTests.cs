using System.Text;
using System.Text.Json;
using Hondo.Layers;
using Hondo.Training;
using CrossEntropy = Hondo.Losses.CrossEntropy;

namespace Hondo.Insights.Tests;

public sealed class DiagnosisTests
{
    [Fact]
    public void A_step_allocates_nothing_also_when_it_is_looked_at()
    {
        var counter = new AllocationCounter(from: 66);
        Tasks.Trainer(Tasks.Mlp(), epochs: 1, batchSize: 4, new Diagnosis(), counter).Fit(new(Tasks.Clouds(4 * 700)));
        Assert.Equal(0, counter.Bytes);
    }

    [Fact]
    public void A_diagnosis_changes_no_bit_of_the_model()
    {
        Layer alone = Tasks.Mlp(), examined = Tasks.Mlp();
        Tasks.Trainer(alone).Fit(Tasks.Parts());
        Tasks.Trainer(examined, callbacks: new Diagnosis()).Fit(Tasks.Parts());
        Assert.Equal(Tasks.Bits(alone), Tasks.Bits(examined));
    }

    [Fact]
    public void Two_trainings_find_the_same()
    {
        Fault[] faults = [.. LearningFaults.All.Take(8)];
        Assert.All(faults, fault => Assert.Equal(fault.Examine(), fault.Examine()));
    }

    [Fact]
    public void The_history_has_the_findings_that_callbacks_were_told_in_order()
    {
        var told = new Listener();
        Layer model = new Sequential(new Linear(20, 3)).Initialize(1);
        var trainer = new Trainer(model, new CrossEntropy(), Patients.Adam()(model))
        {
            Epochs = 3,
            Callbacks = [new Diagnosis(), told],
        };
        History history = trainer.Fit(Tasks.Parts());
        Assert.NotEmpty(history.Findings);
        Assert.Equal(history.Findings, told.Findings);
        Assert.Equal(history.Findings.Select(finding => finding.Message), told.Messages);
    }

    [Fact]
    public void What_is_found_before_the_first_step_is_told_when_every_callback_has_begun()
    {
        var told = new Listener();
        Layer model = new Sequential(new Linear(20, 4, initializer: Hondo.Initializers.Initial.Zeros), new Tanh(),
            new Linear(4, 3)).Initialize(1);
        Tasks.Trainer(model, epochs: 1, callbacks: [new Diagnosis(), told]).Fit(new(Tasks.Clouds(60)));
        Assert.Equal("equal-units", told.Findings[0].Code);
        Assert.False(told.WasToldTooEarly);
    }

    [Fact]
    public void A_finding_is_written_with_all_that_it_knows()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            new Finding("dead-relus", Severity.Warning, "S.", "R.", "M.") { Layer = "3", Op = "Relu", Row = 7 }
                .WriteTo(json);
            json.WriteEndObject();
        }
        Assert.Equal("""{"code":"dead-relus","severity":"warning","message":"S. M.","sentence":"S.","rule":"R.","""
            + "\"remedy\":\"M.\",\"layer\":\"3\",\"op\":\"Relu\",\"row\":7}", Encoding.UTF8.GetString(bytes.ToArray()));
    }

    [Theory]
    [InlineData("docs/diagnosis.md")]
    [InlineData("docs/es/diagnosis.md")]
    public void The_page_lists_every_rule_and_no_other(string page)
    {
        string[] listed = [.. Page.Read(page)!.Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1])];
        Assert.Equal(DiagnosisRules.All.Select(rule => rule.Code).Order(), listed.Order());
    }

    sealed class Listener : Callback
    {
        bool _hasBegun;

        public List<Finding> Findings { get; } = [];

        public List<string> Messages { get; } = [];

        public bool WasToldTooEarly { get; private set; }

        protected internal override void OnTrainBegin(TrainingRun run) => _hasBegun = true;

        protected internal override void OnFinding(TrainingRun run, Finding finding)
        {
            WasToldTooEarly |= !_hasBegun;
            Findings.Add(finding);
            base.OnFinding(run, finding);
        }

        protected internal override void OnWarning(TrainingRun run, string message) => Messages.Add(message);
    }
}
