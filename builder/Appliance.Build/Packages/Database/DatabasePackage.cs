using Appliance.Sources.Packages.Manifests;

namespace Appliance.Build.Packages.Database;

/// <summary>A package as pkg's database has it.</summary>
/// <param name="Manifest">What it says of itself; files and directories are those that are in the image.</param>
/// <param name="Repository">The name of the repository it came from.</param>
/// <param name="IsAutomatic">Whether it is here because another package needs it.</param>
/// <param name="Digest">The digest of its manifest, by which pkg tells whether a repository has another build of it.</param>
/// <param name="Configuration">Content of its configuration files, by path: pkg merges an operator's changes against it.</param>
internal sealed record DatabasePackage(
    PackageManifest Manifest,
    string Repository,
    bool IsAutomatic,
    string? Digest,
    IReadOnlyDictionary<string, string> Configuration
);
