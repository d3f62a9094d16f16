using Hondo.Data;
using Hondo.Losses;

namespace Hondo.Serialization;

/// <summary>
/// The kinds of data that the numbers of a table can be, as <c>--task</c> names them. One of your own is known once it
/// is registered: <c>TargetCatalog.Register&lt;CountTargets, Poisson&gt;()</c>.
/// </summary>
public static class TargetCatalog
{
    /// <summary>All of them; a new one is one line here.</summary>
    public static Catalog<TargetMaker> All { get; } = new("kind of targets",
    [
        new("Numbers()", _ => (values, names, data) => new RegressionTargets(values, names, data)),
    ]);

    /// <summary>Makes a kind of your own known, with the loss of your own that its recipe names.</summary>
    /// <typeparam name="TTargets">The kind.</typeparam>
    /// <typeparam name="TLoss">The loss.</typeparam>
    /// <exception cref="ArgumentException">Another thing has the name of one of them already.</exception>
    public static void Register<TTargets, TLoss>()
        where TTargets : Targets, ICataloged<TargetMaker> where TLoss : Loss, ICataloged<Loss>
    {
        All.Register<TTargets>();
        LossCatalog.All.Register<TLoss>();
    }
}

/// <summary>Makes targets of the numbers of a table.</summary>
/// <param name="values">All numbers to predict, row by row.</param>
/// <param name="names">The names of the columns that they come from.</param>
/// <param name="data">What messages call the data.</param>
/// <exception cref="DataFormatException">A number cannot be one of this kind.</exception>
public delegate Targets TargetMaker(float[] values, IReadOnlyList<string> names, string data);
