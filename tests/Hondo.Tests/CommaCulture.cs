using System.Globalization;
using System.Runtime.CompilerServices;

namespace Hondo.Tests;

/// <summary>
/// All tests run as on a Spanish machine: a number that follows the user's culture shows itself by its comma.
/// </summary>
static class CommaCulture
{
    [ModuleInitializer]
    internal static void Set()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        CultureInfo.DefaultThreadCurrentCulture = culture;
        CultureInfo.CurrentCulture = culture;
    }
}
