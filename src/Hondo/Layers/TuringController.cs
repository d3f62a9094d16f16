namespace Hondo.Layers;

/// <summary>What steers the heads of a Neural Turing Machine.</summary>
public enum NtmController
{
    /// <summary>Long short-term memory: it also remembers by itself.</summary>
    Lstm,

    /// <summary>One layer of tanh units: all that it knows of the past is in the memory.</summary>
    FeedForward,
}
