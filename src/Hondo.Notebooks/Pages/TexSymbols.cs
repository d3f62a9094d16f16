namespace Hondo.Notebooks;

/// <summary>Names of letters, operators and functions in TeX.</summary>
static class TexSymbols
{
    static readonly Dictionary<string, string> Letters = Pairs("alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε "
        + "zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ phi φ varphi φ chi χ "
        + "psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Sigma Σ Phi Φ Psi Ψ Omega Ω ell ℓ infty ∞ partial ∂ "
        + "nabla ∇ emptyset ∅ top ⊤ hbar ℏ");

    static readonly Dictionary<string, string> Operators = Pairs("cdot · times × div ÷ pm ± le ≤ leq ≤ ge ≥ geq ≥ "
        + "ne ≠ neq ≠ approx ≈ equiv ≡ sim ∼ propto ∝ to → rightarrow → leftarrow ← gets ← Rightarrow ⇒ mapsto ↦ in ∈ "
        + "notin ∉ subset ⊂ cup ∪ cap ∩ forall ∀ exists ∃ neg ¬ land ∧ lor ∨ sum ∑ prod ∏ int ∫ odot ⊙ oplus ⊕ "
        + "otimes ⊗ circ ∘ ast ∗ star ⋆ mid | vert | | ‖ Vert ‖ lVert ‖ rVert ‖ langle ⟨ rangle ⟩ ldots … cdots ⋯ "
        + "dots … vdots ⋮ { { } } % % _ _ # # & & $ $ ll ≪ gg ≫ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ colon :");

    static readonly HashSet<string> Functions = ["log", "ln", "exp", "sin", "cos", "tan", "tanh", "max", "min", "arg",
        "argmax", "argmin", "lim", "det", "sup", "inf", "Pr"];

    public static string Of(string name) =>
        Letters.TryGetValue(name, out string? letter) ? $"<mi>{letter}</mi>"
        : Operators.TryGetValue(name, out string? sign) ? $"<mo>{HtmlText.Escape(sign)}</mo>"
        : Functions.Contains(name) ? $"<mi>{name}</mi>"
        : $"<mtext>\\{HtmlText.Escape(name)}</mtext>";

    static Dictionary<string, string> Pairs(string list) => list.Split(' ').Chunk(2)
        .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
}
