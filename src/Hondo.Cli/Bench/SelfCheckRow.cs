namespace Hondo.Cli.Bench;

/// <summary>One row of the self-check.</summary>
/// <param name="What">What ran.</param>
/// <param name="Rate">How much it did in a second.</param>
/// <param name="Unit">Of what: GFLOP/s, GB/s, 10⁹ numbers or samples a second.</param>
/// <param name="Share">The share of the machine's peak, or null where none applies.</param>
sealed record SelfCheckRow(string What, double Rate, string Unit, double? Share);
