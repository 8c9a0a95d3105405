using System.Globalization;

namespace Appliance.Rendering.Files.Routing;

/// <summary>Compares versions of FRR, "10.4.1".</summary>
public static class FrrRelease
{
    /// <summary>False where the version is not known.</summary>
    public static bool IsSince(string? version, int major, int minor)
    {
        var parts = version?.Split('.') ?? [];
        return parts.Length > 1
            && (Number(parts[0]), Number(parts[1])).CompareTo((major, minor)) >= 0;
    }

    private static int Number(string part) => int.Parse(part, CultureInfo.InvariantCulture);
}
