namespace Hondo.Fuzz;

/// <summary>Something that is tried many times in a child process; try i depends on the seed and i alone.</summary>
interface ITrial
{
    /// <summary>The variable of the environment that says where wrong tries are kept.</summary>
    const string KeptPlace = "HONDO_FUZZ_KEPT";

    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>Tries once. Returns what was wrong, or null.</summary>
    string? Try(Random random, out bool wasRefused);

    /// <summary>What try i was, for the report of one that crashed.</summary>
    string Describe(Random random);
}
