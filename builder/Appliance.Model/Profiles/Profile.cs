using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Profiles;

/// <summary>How an image is made, whatever the site.</summary>
public sealed record Profile
{
    /// <summary>The only schema number this code reads.</summary>
    public const int CurrentSchema = 1;

    /// <summary>The sets that every system needs, in the order in which they are laid over each other.</summary>
    public static IReadOnlyList<string> BaseSets { get; } = ["base", "kernel"];

    public required SourceLocation At { get; init; }

    public required EntryName Name { get; init; }

    /// <summary>
    /// FreeBSD release by its full name; where the file names none, the newest supported one that this program knows.
    /// </summary>
    public required Located<string> Release { get; init; }

    /// <summary>Whether the file names the release; otherwise a lock, an option or the sets at hand may choose another.</summary>
    public bool NamesRelease { get; init; }

    /// <summary>FreeBSD's machine name, "amd64".</summary>
    public required Located<string> Architecture { get; init; }

    /// <summary>Names of the release's sets without ".txz", in the order in which they are laid over each other.</summary>
    public required IReadOnlyList<Located<string>> Sets { get; init; }

    /// <summary>Packages that the base system is made of instead of sets, "FreeBSD-runtime".</summary>
    public IReadOnlyList<Located<string>> BasePackages { get; init; } = [];

    /// <summary>Packages by name ("frr10"), name and version, or port ("net/frr10", "devel/py-yaml@py311").</summary>
    public IReadOnlyList<Located<string>> Packages { get; init; } = [];

    /// <summary>Where packages come from; FreeBSD's own where the file names none.</summary>
    public IReadOnlyList<ProfileRepository> Repositories { get; init; } = [];

    /// <summary>Kernel modules the loader preloads, without ".ko".</summary>
    public IReadOnlyList<Located<string>> LoaderModules { get; init; } = [];

    /// <summary>Kernel modules of rc.conf's kld_list, without ".ko".</summary>
    public IReadOnlyList<Located<string>> Modules { get; init; } = [];

    /// <summary>Number of forwarding tables (net.fibs).</summary>
    public required Located<int> Fibs { get; init; }

    /// <summary>Loader tunables, in the order of the file.</summary>
    public IReadOnlyList<Setting> Tunables { get; init; } = [];

    /// <summary>Lines of sysctl.conf(5), in the order of the file.</summary>
    public IReadOnlyList<Setting> Sysctls { get; init; } = [];

    public IReadOnlyList<LeaveOut> LeaveOut { get; init; } = [];

    /// <summary>In the order in which they lie on the disk.</summary>
    public required IReadOnlyList<Partition> Partitions { get; init; }

    public required ImageFormats Image { get; init; }

    /// <summary>Everything that is asked for of the repositories.</summary>
    public IEnumerable<Located<string>> AllPackages => BasePackages.Concat(Packages);

    /// <summary>The same profile without the packages beside the base system.</summary>
    public Profile WithoutPackages() => this with { Packages = [] };

    /// <summary>The same profile on another release.</summary>
    public Profile WithRelease(string release) =>
        this with
        {
            Release = new Located<string>(release, Release.At),
        };

    /// <summary>The same profile with its base system from release sets.</summary>
    public Profile WithSets() =>
        BasePackages.Count == 0
            ? this
            : this with
            {
                Sets = [.. BaseSets.Select(set => new Located<string>(set, BasePackages[0].At))],
                BasePackages = [],
            };

    /// <summary>All patterns of paths that are left out.</summary>
    public IEnumerable<PathPattern> LeaveOutPatterns =>
        LeaveOut.SelectMany(group => group.Paths).Select(path => path.Value);

    /// <summary>The partition of the system's root.</summary>
    public Partition Root => Partitions.Single(p => p.Content == PartitionContent.Root);

    /// <summary>The EFI system partition, if there is one.</summary>
    public Partition? Esp => Partitions.FirstOrDefault(p => p.Content == PartitionContent.Esp);
}

/// <summary>A name and its value, for loader.conf(5) or sysctl.conf(5).</summary>
public sealed record Setting(SourceLocation At, string Name, string Value);

/// <summary>A group of paths that do not go into the image, and the reason.</summary>
public sealed record LeaveOut(
    SourceLocation At,
    string Why,
    IReadOnlyList<Located<PathPattern>> Paths
);

/// <summary>How a disk image is written.</summary>
public enum ImageFormat
{
    Raw,
    Qcow2,
    Vmdk,
    Vhd,
}

/// <summary>Output formats and the size of the disk.</summary>
public sealed record ImageFormats
{
    public required SourceLocation At { get; init; }

    public required IReadOnlyList<Located<ImageFormat>> Formats { get; init; }

    /// <summary>Size of the disk; as large as its partitions when absent.</summary>
    public Located<ByteSize>? Size { get; init; }
}
