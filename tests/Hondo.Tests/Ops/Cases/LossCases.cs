using Hondo.Ops;
using Hondo.Tensors;
using static Hondo.Tests.Ops.Cases.Inputs;

namespace Hondo.Tests.Ops.Cases;

static class LossCases
{
    static readonly Tensor Labels = Ints([3], 2, 0, 1);

    static readonly Tensor Weights = Between(0.5, 2, [4]);

    static readonly Tensor Probabilities = Between(0.1, 0.9, [3, 4], 1);

    static readonly Tensor RowSigns = Tensor.Of([1.0, -1, -1]);

    static readonly Tensor Signs = Tensor.Of([1.0, -1, -1, 1, 1, -1, 1, -1, 1, 1, -1, -1], [3, 4]);

    public static IEnumerable<OpCase> Classes =>
    [
        new("CrossEntropy", (x, t) => x.CrossEntropy(t), Signed([3, 4]), Labels),
        new("CrossEntropy: sum", (x, t) => x.CrossEntropy(t, reduce: Reduce.Sum), Signed([3, 4]), Labels),
        new("CrossEntropy: none", (x, t) => x.CrossEntropy(t, reduce: Reduce.None), Signed([3, 4]), Labels),
        new("CrossEntropy: all settings", (x, t) => x.CrossEntropy(t, Weights, 0.1, 0), Signed([3, 4]), Labels)
            { NaNVanishes = "an ignored row does not count" },
        new("CrossEntropy: sequences", (x, t) => x.CrossEntropy(t), Signed([2, 3, 4]), Ints([2, 3], 0, 3, 1, 2, 2, 0)),
        new("SoftCrossEntropy", (x, t) => x.CrossEntropy(t), Signed([3, 4]), Probabilities),
        new("SoftCrossEntropy: settings", (x, t) => x.CrossEntropy(t, Weights, 0.1), Signed([3, 4]), Probabilities),
        new("SoftCrossEntropy: none", (x, t) => x.CrossEntropy(t, reduce: Reduce.None), Signed([3, 4]), Probabilities),
        new("NegativeLogLikelihood", (x, t) => x.NegativeLogLikelihood(t), Signed([3, 4]), Labels)
            { NaNVanishes = "only the label's number counts" },
        new("NegativeLogLikelihood: settings", (x, t) => x.NegativeLogLikelihood(t, Weights, 0, Reduce.None),
            Signed([3, 4]), Labels) { NaNVanishes = "only the label's number counts" },
        Ctc("CtcLoss", Reduce.Mean, blank: 0, Ints([2, 2], 1, 2, 2, 1)),
        Ctc("CtcLoss: sum, other blank", Reduce.Sum, blank: 2, Ints([2, 2], 1, 0, 0, 1)),
        Ctc("CtcLoss: none, repeated label", Reduce.None, blank: 0, Ints([2, 2], 1, 1, 2, 1)),
        new("MulticlassHinge", (x, t) => x.MulticlassHinge(t), Signed([3, 4]), Labels),
        new("MulticlassHinge: none", (x, t) => x.MulticlassHinge(t, 0.5, Reduce.None), Signed([3, 4]), Labels),
    ];

    public static IEnumerable<OpCase> Numbers =>
    [
        new("SquaredError", (x, t) => x.SquaredError(t), Signed([3, 4]), Signed([3, 4], 1)),
        new("SquaredError: none", (x, t) => x.SquaredError(t, Reduce.None), Signed([3, 4]), Signed([3, 4], 1)),
        new("AbsoluteError", (x, t) => x.AbsoluteError(t), Signed([3, 4]), Signed([3, 4], 1)),
        new("HuberError", (x, t) => x.Huber(t, 0.7), Signed([3, 4]), Signed([3, 4], 1)) { Tolerance = 1e-6 },
        new("SmoothError", (x, t) => x.SmoothL1(t, 0.7), Signed([3, 4]), Signed([3, 4], 1)) { Tolerance = 1e-6 },
        new("SigmoidCrossEntropy", (x, t) => x.BinaryCrossEntropy(t, 1.7), Signed([3, 4]), Probabilities),
        new("ProbabilityCrossEntropy", (x, t) => x.ProbabilityCrossEntropy(t), Between(0.2, 0.8, [3, 4]),
            Probabilities),
        new("HingeError", (x, t) => x.Hinge(t, reduce: Reduce.Sum), Signed([3, 4]), Signs),
        new("HingeEmbeddingError", (x, t) => x.HingeEmbedding(t), Between(0.2, 1.7, [3, 4]), Signs),
        new("PoissonError", (x, t) => x.PoissonNll(t), Signed([3, 4]), Between(0, 5, [3, 4], 1)),
        new("Divergence", (x, t) => x.KLDivergence(t, Reduce.Sum), Signed([3, 4]), Probabilities),
        new("LogDivergence", (x, t) => x.LogKLDivergence(t, Reduce.Sum), Signed([3, 4]), Signed([3, 4], 1)),
        new("Norm: cosine similarity", (a, b) => a.CosineSimilarity(b), Signed([3, 4]), Signed([3, 4], 1)),
        new("Norm: cosine embedding", x => x[0].CosineEmbedding(x[1], RowSigns, 0.1), Signed([3, 4]),
            Signed([3, 4], 1)) { NaNVanishes = "max(0, ·) is chosen by the sign" },
        new("Subtract: margin ranking", (a, b) => a.MarginRanking(b, Signs, 0.3), Signed([3, 4]), Signed([3, 4], 1)),
        new("Norm: triplets", x => x[0].TripletMargin(x[1], x[2]), Signed([3, 4]), Signed([3, 4], 1),
            Signed([3, 4], 2)),
        new("Divide: Gaussian", x => x[0].GaussianNll(x[1], x[2]), Signed([3]), Signed([3], 1), Between(0.5, 2, [3])),
        new("Dropout", x => x.Dropout(0.5, 7), Signed([3, 40])),
    ];

    // Lengths below the padded ones: the last step of the second sequence and its last label do not count.
    static OpCase Ctc(string name, Reduce reduce, int blank, Tensor labels) => new(name,
        x => x[0].CtcLoss(x[1], x[2], x[3], blank, reduce),
        Between(-3, -0.5, [2, 4, 3]), labels, Ints([2], 4, 3), Ints([2], 2, 1))
    {
        NaNVanishes = "a step behind the end does not count",
    };
}
