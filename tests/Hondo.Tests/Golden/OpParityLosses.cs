using Hondo.Ops;
using Hondo.Tensors;

namespace Hondo.Tests.Golden;

/// <summary>How the golden cases of losses are written in Hondo.</summary>
static class OpParityLosses
{
    public static Tensor? Compute(OpParityCase c) => c.Op switch
    {
        "mse" => c["pred"].SquaredError(c["target"], Reduction(c)),
        "l1" => c["pred"].AbsoluteError(c["target"], Reduction(c)),
        "smooth_l1" => c["pred"].SmoothL1(c["target"], c.Number("beta")),
        "huber" => c["pred"].Huber(c["target"], c.Number("delta")),
        "binary_cross_entropy" => c["p"].ProbabilityCrossEntropy(c["target"]),
        "bce_with_logits" when c.Has("weight") => Weighted(c),
        "bce_with_logits" => c["x"].BinaryCrossEntropy(c["target"]),
        "cross_entropy" => CrossEntropy(c),
        "nll" => c["x"].NegativeLogLikelihood(c.Ints("target"), c["weight"]),
        "kl_div" when c.Is("log_target") => c["x"].LogKLDivergence(c["target"], Reduce.Sum),
        "kl_div" => c["x"].KLDivergence(c["target"], Reduce.Sum) / c["x"].Shape[0],
        "cosine_similarity" => c["x"].CosineSimilarity(c["y"], c.Whole("dim"), c.Number("eps")),
        "cosine_embedding" => c["x"].CosineEmbedding(c["y"], c["sign"], c.Number("margin")),
        "hinge_embedding" => c["x"].HingeEmbedding(c["sign"], c.Number("margin")),
        "margin_ranking" => c["x"].MarginRanking(c["y"], c["sign"], c.Number("margin")),
        "triplet_margin" => c["anchor"].TripletMargin(c["positive"], c["negative"], c.Number("margin")),
        "multi_margin" => c["x"].MulticlassHinge(c.Ints("target"), c.Number("margin")),
        "ctc" => c["logits"].Permute(1, 0, 2).LogSoftmax().CtcLoss(c.Ints("targets"), c.Ints("input_lengths"),
            c.Ints("target_lengths"), c.Whole("blank"), Reduction(c)),
        "poisson_nll" => c["x"].PoissonNll(c["target"]),
        "gaussian_nll" => c["x"].GaussianNll(c["target"], c["var"], c.Number("eps")),
        _ => null,
    };

    static Tensor CrossEntropy(OpParityCase c)
    {
        if (c.Text("target") == "probabilities")
            return c["x"].CrossEntropy(c["target"]);
        Tensor scores = c.HasAttribute("class_dim") ? OpParityRules.Channels(c["x"]) : c["x"];
        int? ignored = c.HasAttribute("ignore_index") ? c.Whole("ignore_index") : null;
        return scores.CrossEntropy(c.Ints("target"), c.Has("weight") ? c["weight"] : null, c.Number("label_smoothing"),
            ignored, Reduction(c));
    }

    static Tensor Weighted(OpParityCase c)
    {
        Tensor x = c["x"], target = c["target"];
        return (c["weight"] * (c["pos_weight"] * target * (-x).Softplus() + (1 - target) * x.Softplus())).Mean();
    }

    static Reduce Reduction(OpParityCase c) => c.Text("reduction") switch
    {
        "sum" => Reduce.Sum,
        "none" => Reduce.None,
        _ => Reduce.Mean,
    };
}
