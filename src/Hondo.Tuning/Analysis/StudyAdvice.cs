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
    const double Near = 0.12;
    const int FewestForImportance = 20, FewestForBorders = 15, MostReasons = 3;

    /// <summary>All that can be said, the most telling first.</summary>
    public static IReadOnlyList<AdviceSentence> Of(Study study, IReadOnlyList<TrialRecord> trials)
    {
        if (study.Settings.Directions.Count > 1 || study.Ranked(trials).Count == 0)
            return [];
        return [.. OfBaseline(study, trials), .. OfChance(study, trials), .. OfImportance(study, trials),
            .. OfBorders(study, trials)];
    }

    /// <summary>Why the best trial is the best, with the evidence: by how much, beside what chance does, and what it
    /// has that others do not.</summary>
    public static IReadOnlyList<AdviceSentence> Why(Study study, IReadOnlyList<TrialRecord> trials)
    {
        IReadOnlyList<TrialRecord> ranked = study.Ranked(trials);
        if (study.Settings.Directions.Count > 1 || ranked.Count < 2)
            return [];
        return [Lead(ranked, trials), Evidence(ranked, trials), .. Importance.Of(study, trials).Take(MostReasons)
            .Where(one => one.Share >= Unimportant)
            .Select(one => Neighbourhood(one.Name, ranked)).OfType<AdviceSentence>()];
    }

    static AdviceSentence Lead(IReadOnlyList<TrialRecord> ranked, IReadOnlyList<TrialRecord> trials)
    {
        string best = Number(Value(ranked[0], trials)), second = Number(Value(ranked[1], trials));
        string middle = Number(ranked[ranked.Count / 2].Values[0]);
        bool isFresh = Confirmed(trials, ranked[0].Number).Length > 0;
        return new($"Trial {ranked[0].Number} has {best}{(isFresh ? " with fresh seeds" : "")}; the second, trial "
            + $"{ranked[1].Number}, has {second}, and the middle one of {ranked.Count} complete trials {middle}.",
            $"El intento {ranked[0].Number} tiene {best}{(isFresh ? " con semillas nuevas" : "")}; el segundo, el "
            + $"{ranked[1].Number}, tiene {second}, y el del medio de {ranked.Count} intentos completos, {middle}.");
    }

    // The mean of those that differ in the seed alone, where there are any.
    static double Value(TrialRecord trial, IReadOnlyList<TrialRecord> trials) =>
        Confirmed(trials, trial.Number) is { Length: > 0 } fresh ? fresh.Average() : trial.Values[0];

    static AdviceSentence Evidence(IReadOnlyList<TrialRecord> ranked, IReadOnlyList<TrialRecord> trials)
    {
        double[] first = Confirmed(trials, ranked[0].Number), second = Confirmed(trials, ranked[1].Number);
        if (first.Length < 2)
            return new("Nobody has trained it again with other seeds: how much of that is chance is not known.",
                "Nadie lo ha entrenado de nuevo con otras semillas: no se sabe cuánto de eso es azar.");
        double noise = Math.Sqrt(second.Length < 2 ? StudentT.Variance(first)
            : (StudentT.Variance(first) + StudentT.Variance(second)) / 2);
        double value = Value(ranked[0], trials), lead = Math.Abs(value - Value(ranked[1], trials));
        double most = Math.Abs(value - ranked[ranked.Count / 2].Values[0]);
        string Times(double difference) => noise > 0 ? Number(difference / noise) : "∞";
        return new($"Another seed moves the value by {Number(noise)}: its lead over the second is {Times(lead)} times "
            + $"that, over the middle one {Times(most)} times.", $"Otra semilla mueve el valor en {Number(noise)}: su "
            + $"ventaja sobre el segundo es {Times(lead)} veces eso, y sobre el del medio, {Times(most)} veces.");
    }

    // What trials with about the same value of a parameter got, and what the others got.
    static AdviceSentence? Neighbourhood(string name, IReadOnlyList<TrialRecord> ranked)
    {
        if (ranked[0].Parameters.FirstOrDefault(one => one.Name == name) is not { Name: not null } own)
            return null;
        double at = own.Range.ToUnit(own.Value), reach = own.Range.IsUnordered ? 1e-9 : Near;
        var sides = ranked.Skip(1).Where(trial => trial[name] is not null)
            .ToLookup(trial => Math.Abs(own.Range.ToUnit(trial[name]!.Value) - at) <= reach, trial => trial.Values[0]);
        double[] near = [.. sides[true]], far = [.. sides[false]];
        if (near.Length < 2 || far.Length < 2)
            return null;
        (string a, string b) = (Number(near.Average()), Number(far.Average()));
        return new($"Its {name} is {own.Text}: {near.Length} other trials near that have {a} on average, the "
            + $"{far.Length} further away {b}.", $"Su {name} es {own.Text}: otros {near.Length} intentos cercanos "
            + $"tienen {a} de media; los {far.Length} más lejanos, {b}.");
    }

    /// <summary>The values of the trials that confirm one.</summary>
    internal static double[] Confirmed(IReadOnlyList<TrialRecord> trials, int number) => [.. trials
        .Where(trial => Confirmation.Of(trial.Purpose) == number && trial.State == TrialState.Complete)
        .Select(trial => trial.Values[0])];

    static IEnumerable<AdviceSentence> OfBaseline(Study study, IReadOnlyList<TrialRecord> trials)
    {
        double[] usual = [.. trials.Where(trial => trial.Purpose == Confirmation.Baseline
            && trial.State == TrialState.Complete).Select(trial => trial.Values[0])];
        IReadOnlyList<TrialRecord> ranked = study.Ranked(trials);
        double[] best = Confirmed(trials, ranked[0].Number);
        if (usual.Length == 0 || best.Length == 0)
            yield break;
        // The better one of two has two chances to be lucky.
        int chances = ranked.Count > 1 && Confirmed(trials, ranked[1].Number).Length > 0 ? 2 : 1;
        double mean = best.Average(), other = usual.Average(), p = Math.Min(1, chances * StudentT.Welch(best, usual));
        bool isBetter = study.Settings.Directions[0] == Direction.Maximize ? mean > other : mean < other;
        (string english, string spanish) = !isBetter
            ? ("the search has found nothing better", "la búsqueda no ha encontrado nada mejor")
            : p < Chance ? ("better beyond chance", "mejor, y no por azar")
            : ("better, but chance could do that", "mejor, pero el azar podría hacerlo");
        yield return new($"With {best.Length} fresh seeds the best gives {Number(mean)}, the usual settings "
            + $"{Number(other)}: {english} ({P(p)}).", $"Con {best.Length} semillas nuevas el mejor da {Number(mean)}; "
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
        string Spanish(string verdict) => $"El intento {ranked[0].Number} da {Number(first.Average())} y el "
            + $"{ranked[1].Number} da {Number(second.Average())} con semillas nuevas: {verdict} ({P(p)}).";
        yield return p < Chance
            ? new(English("the two differ beyond chance"), Spanish("la diferencia no es azar"))
            : new(English("chance could make that difference; take the cheaper one"),
                Spanish("el azar podría hacer esa diferencia; elige el más barato"));
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
                $"Lo que apenas importó: {string.Join(", ", idle)}. Fíjalo y busca mejor en el resto.");
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
                    $"Los mejores intentos están en el borde inferior de {one.Name} ({one.Range}): "
                    + "empieza más abajo.");
            else if (middle > 1 - Border)
                yield return new($"The best trials are at the upper border of {one.Name} ({one.Range}): "
                    + "let it go higher.",
                    $"Los mejores intentos están en el borde superior de {one.Name} ({one.Range}): "
                    + "deja que suba más.");
        }
    }

    static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");

    static string P(double p) => p < 0.001 ? "p < 0.001" : string.Create(CultureInfo.InvariantCulture,
        $"p = {p:0.###}");
}
