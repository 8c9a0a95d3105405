using Appliance.Sources.Packages.Versions;

namespace Appliance.Sources.Vulnerabilities;

/// <summary>How a version is compared with a bound.</summary>
public enum BoundKind
{
    /// <summary>lt</summary>
    Less,

    /// <summary>le</summary>
    LessOrEqual,

    /// <summary>eq</summary>
    Equal,

    /// <summary>ge</summary>
    GreaterOrEqual,

    /// <summary>gt</summary>
    Greater,
}

/// <summary>One side of a range.</summary>
public readonly record struct VersionBound(BoundKind Kind, string Version)
{
    /// <summary>Whether a version lies on the right side, compared as pkg-version(8) compares.</summary>
    public bool Holds(string version)
    {
        var order = PackageVersion.Compare(version, Version);
        return Kind switch
        {
            BoundKind.Less => order < 0,
            BoundKind.LessOrEqual => order <= 0,
            BoundKind.Equal => order == 0,
            BoundKind.GreaterOrEqual => order >= 0,
            BoundKind.Greater => order > 0,
        };
    }
}

/// <summary>Versions between bounds, all of which hold; without any bound it is every version, as pkg-audit(8) has it.</summary>
public sealed record VersionRange(IReadOnlyList<VersionBound> Bounds)
{
    public bool Contains(string version) => Bounds.All(bound => bound.Holds(version));
}
