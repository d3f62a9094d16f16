using Hondo.Optimizers;

namespace Hondo.Storage;

/// <summary>The steps before an optimizer's update that a text can name: penalties, decay, clipping.</summary>
public static class UpdateStepCatalog
{
    /// <summary>All of them; a new step is one line here.</summary>
    public static Catalog<IUpdateStep> All { get; } = new("step before the update",
    [
        new("ClipNorm(limit)", a => new ClipNorm(a.Number("limit"))),
        new("ClipValue(limit)", a => new ClipValue(a.Number("limit"))),
        new("DecoupledDecay(lambda)", a => new DecoupledDecay(a.Number("lambda"))),
        new("L1(lambda, samples: 1)", a => new L1(a.Number("lambda"), a.Int("samples"))),
        new("L2(lambda, samples: 1)", a => new L2(a.Number("lambda"), a.Int("samples"))),
    ]);
}
