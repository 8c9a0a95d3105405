using System.Globalization;
using System.Text.RegularExpressions;
using Appliance.Sources.Sets;

namespace Appliance.Sources.Packages;

/// <summary>How far a base system is patched.</summary>
/// <param name="Release">The release, number and suffix.</param>
/// <param name="Userland">Patch level of the userland, the N of "-pN"; 0 as released; null where not known.</param>
/// <param name="Kernel">The same of the kernel, which is not rebuilt for every patch.</param>
public sealed partial record BaseVersion(string Release, int? Userland, int? Kernel)
{
    /// <summary>The package whose version is that of the userland.</summary>
    public const string Runtime = "FreeBSD-runtime";

    private const string Kernels = "FreeBSD-kernel-";

    /// <summary>Of a base system of packages: by their versions, such as NUMBERp3; null where there is no such package.</summary>
    public static BaseVersion? OfPackages(
        string release,
        IEnumerable<(string Name, string Version)> packages
    )
    {
        ArgumentNullException.ThrowIfNull(packages);
        var versions = packages.ToList();
        var runtime = versions.Find(package => package.Name == Runtime).Version;
        var kernel = versions
            .Find(package => package.Name.StartsWith(Kernels, StringComparison.Ordinal))
            .Version;
        return runtime is null
            ? null
            : new BaseVersion(release, Level(runtime), kernel is null ? null : Level(kernel));
    }

    /// <summary>Of release sets: never patched, and unknown where somebody built them himself.</summary>
    public static BaseVersion OfSets(string release, bool isOfficial) =>
        isOfficial ? new(release, 0, 0) : new(release, null, null);

    /// <summary>What a lock pins.</summary>
    public static BaseVersion OfLock(SetsLock pins)
    {
        ArgumentNullException.ThrowIfNull(pins);
        return pins.Sets.Count > 0
            ? OfSets(pins.Release, !pins.AcceptedSets)
            : OfPackages(
                pins.Release,
                (pins.Packages?.Packages ?? []).Select(package => (package.Name, package.Version))
            ) ?? new(pins.Release, null, null);
    }

    /// <summary>As freebsd-version(1) writes it: release, and "-pN" where there is a patch.</summary>
    public override string ToString() =>
        Userland switch
        {
            null => $"{Release}, patch level unknown",
            0 => Release,
            var level => string.Create(CultureInfo.InvariantCulture, $"{Release}-p{level}"),
        };

    /// <summary>Version of "FreeBSD" in VuXML: NUMBER_3 is patch level 3.</summary>
    public string AuditedUserland => Audited(Userland);

    /// <summary>Version of "FreeBSD-kernel" in VuXML.</summary>
    public string AuditedKernel => Audited(Kernel);

    private string Audited(int? level) =>
        Release.Split('-')[0]
        + (level > 0 ? string.Create(CultureInfo.InvariantCulture, $"_{level}") : "");

    private static int? Level(string version) =>
        PackageVersionForm().Match(version) is { Success: true } match
            ? match.Groups[1].Success
                ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
                : 0
            : null;

    [GeneratedRegex(@"\A[0-9]{1,3}\.[0-9]{1,3}(?:p([0-9]{1,4}))?(?:_[0-9]+)?(?:,[0-9]+)?\z")]
    private static partial Regex PackageVersionForm();
}
