using System.Globalization;

namespace Appliance.Rendering.Files.Routing;

/// <summary>Compares versions of FRR, "10.4.1".</summary>
public static class FrrRelease
{
    /// <summary>False where the version is not known; without a minor number it is the first of its major one.</summary>
    public static bool IsSince(string? version, int major, int minor) =>
        version?.Split('.') is [var first, .. var rest]
        && (Number(first), rest is [var second, ..] ? Number(second) : 0).CompareTo((major, minor))
            >= 0;

    private static int Number(string part) => int.Parse(part, CultureInfo.InvariantCulture);
}
