namespace Hondo.Cli.Runs;

/// <summary>An epoch as metrics.jsonl has it.</summary>
/// <param name="Epoch">Which one, from 1.</param>
/// <param name="Numbers">Its numbers by name; those of the dev part are <c>dev loss</c>, ….</param>
sealed record SavedEpoch(int Epoch, IReadOnlyDictionary<string, double> Numbers);
