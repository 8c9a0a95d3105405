using Appliance.Sources.Packages;

namespace Appliance.Sources.Downloads;

/// <summary>One file to fetch.</summary>
internal sealed record DownloadJob
{
    public required Uri Url { get; init; }

    /// <summary>Where the finished file goes.</summary>
    public required string Path { get; init; }

    /// <summary>Its name in messages and in the progress.</summary>
    public required string Name { get; init; }

    /// <summary>The digest it must have; null only for files that nothing pins.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The digest it must have in pkg's spelling, see <see cref="PackageSum"/>; null where there is none such.</summary>
    public string? Sum { get; init; }

    /// <summary>The size it must have, in bytes, where known.</summary>
    public long? Size { get; init; }

    /// <summary>The most bytes that are accepted where <see cref="Size"/> is not known.</summary>
    public required long MaximumBytes { get; init; }

    /// <summary>Whether it has to start like an .xz file.</summary>
    public bool IsXz { get; init; }

    public long Limit => Size ?? MaximumBytes;

    /// <summary>
    /// Where the bytes gather. The name has the digest in it, so that a part is never continued with another file.
    /// </summary>
    public string PartPath =>
        $"{Path}.{Sha256?[..16] ?? Sum?.Split('$')[^1][..16] ?? "unpinned"}.part";
}
