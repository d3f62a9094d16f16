using System.Globalization;

namespace Hondo.Tuning;

/// <summary>A sentence about a study, in both languages.</summary>
/// <param name="English">In English.</param>
/// <param name="Spanish">In Spanish.</param>
public sealed record AdviceSentence(string English, string Spanish);

/// <summary>
/// What a search shows beyond its best value: chance, what did not matter, and where to look further.
/// </summary>
public static class StudyAdvice
{
    const double Chance = 0.05, Unimportant = 0.05, Border = 0.08;
    const int FewestForImportance = 20, FewestForBorders = 15;

    /// <summary>All that can be said, the most telling first.</summary>
    public static IReadOnlyList<AdviceSentence> Of(Study study, IReadOnlyList<TrialRecord> trials)
    {
        if (study.Settings.Directions.Count > 1 || study.Ranked(trials).Count == 0)
            return [];
        return [.. OfBaseline(study, trials), .. OfChance(study, trials), .. OfImportance(study, trials),
            .. OfBorders(study, trials)];
    }

    /// <summary>The values of the trials that confirm one.</summary>
    internal static double[] Confirmed(IReadOnlyList<TrialRecord> trials, int number) => [.. trials
        .Where(trial => Confirmation.Of(trial.Purpose) == number && trial.State == TrialState.Complete)
        .Select(trial => trial.Values[0])];

    static IEnumerable<AdviceSentence> OfBaseline(Study study, IReadOnlyList<TrialRecord> trials)
    {
        double[] usual = [.. trials.Where(trial => trial.Purpose == Confirmation.Baseline
            && trial.State == TrialState.Complete).Select(trial => trial.Values[0])];
        double[] best = Confirmed(trials, study.Ranked(trials)[0].Number);
        if (usual.Length == 0 || best.Length == 0)
            yield break;
        double mean = best.Average(), other = usual.Average(), p = StudentT.Welch(best, usual);
        bool isBetter = study.Settings.Directions[0] == Direction.Maximize ? mean > other : mean < other;
        (string english, string spanish) = !isBetter
            ? ("the search has found nothing better", "la búsqueda no ha encontrado nada mejor")
            : p < Chance ? ("better beyond chance", "mejor, y no por azar")
            : ("better, but chance could do that", "mejor, pero el azar podría hacerlo");
        yield return new($"With {best.Length} fresh seeds the best gives {Number(mean)}, the usual settings "
            + $"{Number(other)}: {english} ({P(p)}).", $"Con {best.Length} semillas nuevas la mejor da {Number(mean)}; "
            + $"los ajustes habituales, {Number(other)}: {spanish} ({P(p)}).");
    }

    static IEnumerable<AdviceSentence> OfChance(Study study, IReadOnlyList<TrialRecord> trials)
    {
        IReadOnlyList<TrialRecord> ranked = study.Ranked(trials);
        double[] first = Confirmed(trials, ranked[0].Number);
        if (first.Length < 2 || ranked.Count < 2)
            yield break;
        double[] second = Confirmed(trials, ranked[1].Number);
        double noise = Math.Sqrt((StudentT.Variance(first) + StudentT.Variance(second)) / 2);
        yield return new($"The seed alone moves the value by {Number(noise)} (standard deviation of "
            + $"{first.Length + second.Length} trainings).", $"La semilla sola mueve el valor en {Number(noise)} "
            + $"(desviación típica de {first.Length + second.Length} entrenamientos).");
        if (second.Length < 2)
            yield break;
        double p = StudentT.Welch(first, second);
        string English(string verdict) => $"Trial {ranked[0].Number} gives {Number(first.Average())} and trial "
            + $"{ranked[1].Number} gives {Number(second.Average())} with fresh seeds: {verdict} ({P(p)}).";
        string Spanish(string verdict) => $"La prueba {ranked[0].Number} da {Number(first.Average())} y la "
            + $"{ranked[1].Number} da {Number(second.Average())} con semillas nuevas: {verdict} ({P(p)}).";
        yield return p < Chance
            ? new(English("the two differ beyond chance"), Spanish("la diferencia no es azar"))
            : new(English("chance could make that difference; take the cheaper one"),
                Spanish("el azar podría hacer esa diferencia; elija la más barata"));
    }

    static IEnumerable<AdviceSentence> OfImportance(Study study, IReadOnlyList<TrialRecord> trials)
    {
        IReadOnlyList<Importance> all = Importance.Of(study, trials);
        if (all.Count < 2 || all.Max(one => one.Trials) < FewestForImportance)
            yield break;
        yield return new($"What mattered most: {all[0].Name} ({Percent(all[0].Share)} of the importance).",
            $"Lo que más importó: {all[0].Name} ({Percent(all[0].Share)} de la importancia).");
        string[] idle = [.. all.Where(one => one.Share < Unimportant).Select(one => one.Name)];
        if (idle.Length > 0)
            yield return new($"What hardly mattered: {string.Join(", ", idle)}. Fix it, and search the rest better.",
                $"Lo que apenas importó: {string.Join(", ", idle)}. Fíjelo y busque mejor en el resto.");
    }

    // The best tenth at one end of a range: the search was fenced in.
    static IEnumerable<AdviceSentence> OfBorders(Study study, IReadOnlyList<TrialRecord> trials)
    {
        IReadOnlyList<TrialRecord> ranked = study.Ranked(trials);
        if (ranked.Count < FewestForBorders)
            yield break;
        TrialRecord[] best = [.. ranked.Take(Math.Max(3, ranked.Count / 10))];
        foreach (SuggestedValue one in best[0].Parameters.Where(one => !one.Range.IsUnordered))
        {
            double[] units = [.. best.SelectMany(trial => trial.Parameters).Where(other => other.Name == one.Name)
                .Select(other => other.Range.ToUnit(other.Value)).Order()];
            double middle = units[units.Length / 2];
            if (middle < Border)
                yield return new($"The best trials are at the lower border of {one.Name} ({one.Range}): "
                    + "begin it lower.",
                    $"Las mejores pruebas están en el borde inferior de {one.Name} ({one.Range}): empiece más abajo.");
            else if (middle > 1 - Border)
                yield return new($"The best trials are at the upper border of {one.Name} ({one.Range}): "
                    + "let it go higher.",
                    $"Las mejores pruebas están en el borde superior de {one.Name} ({one.Range}): deje que suba más.");
        }
    }

    static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");

    static string P(double p) => p < 0.001 ? "p < 0.001" : string.Create(CultureInfo.InvariantCulture,
        $"p = {p:0.###}");
}
