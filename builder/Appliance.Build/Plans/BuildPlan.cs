using Appliance.Build.Packages.Scripts;
using Appliance.Rendering.Verdicts;
using Appliance.Sources.Packages.Manifests;

namespace Appliance.Build.Plans;

/// <summary>
/// A build as plain data, resolved before a byte of it is written: every input with its digest, every partition, and
/// every file with owner, mode and origin. The same plan makes the same bytes.
/// </summary>
public sealed record BuildPlan
{
    public const int CurrentSchema = 1;

    public int Schema { get; init; } = CurrentSchema;

    public required string Network { get; init; }

    /// <summary>The site whose image it is; null for an image of a profile.</summary>
    public string? Site { get; init; }

    /// <summary>Names of the sites that an image of a profile may become; null for an image of one site.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    public required string Profile { get; init; }

    public required string Release { get; init; }

    public required string Architecture { get; init; }

    /// <summary>Where the base system comes from, and how far it is patched.</summary>
    public required PlanBase Base { get; init; }

    /// <summary>In the order of the layers; the later one wins.</summary>
    public required IReadOnlyList<PlanInput> Inputs { get; init; }

    /// <summary>GUID of the disk.</summary>
    public required Guid DiskId { get; init; }

    /// <summary>In the order in which they lie on the disk.</summary>
    public required IReadOnlyList<PlanPartition> Partitions { get; init; }

    /// <summary>Names of the image formats to write.</summary>
    public required IReadOnlyList<string> Formats { get; init; }

    /// <summary>What the image's composition says; absent while a set is not on this machine.</summary>
    public PlanComposition? Composition { get; init; }
}

/// <summary>Something the image is made of.</summary>
/// <param name="Name">"base", "overlay", "site" …: the origin that files name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Sha256">Its digest, in hexadecimal; null for a package that is neither pinned nor on this machine.</param>
/// <param name="Location">File or URL.</param>
/// <param name="Size">Bytes, where known.</param>
/// <param name="Present">On this machine; otherwise it has to be fetched.</param>
public sealed record PlanInput(
    string Name,
    PlanInputKind Kind,
    string? Sha256,
    string Location,
    long? Size,
    bool Present
)
{
    /// <summary>Of a set: whether it is as FreeBSD published it, or was accepted by hand. Null for other inputs.</summary>
    public bool? Official { get; init; }
}

/// <summary>The base system of a plan.</summary>
/// <param name="Source">Packages or release sets.</param>
/// <param name="Version">Release and patch level, as freebsd-version(1) writes it.</param>
/// <param name="PatchLevel">0 as released; null where not known.</param>
/// <param name="Official">False for sets that are not as FreeBSD published them.</param>
/// <param name="Text">The same as one line for people.</param>
public sealed record PlanBase(
    BaseSource Source,
    string Version,
    int? PatchLevel,
    bool Official,
    string Text
);

/// <summary>Kinds of inputs.</summary>
public enum PlanInputKind
{
    /// <summary>A set of the FreeBSD release.</summary>
    Set,

    /// <summary>A package of a repository.</summary>
    Package,

    /// <summary>Files that come with this program, the first-boot service among them.</summary>
    Overlay,

    /// <summary>Files rendered for this site.</summary>
    Rendered,
}

/// <summary>A partition before its place on the disk is known.</summary>
/// <param name="Label">GPT name.</param>
/// <param name="Type">Name as gpart(8) writes it.</param>
/// <param name="Id">GUID of the partition.</param>
/// <param name="Content">What the builder puts into it.</param>
/// <param name="Size">As the profile says it: "512K", "fit, 20 % free" or "rest".</param>
public sealed record PlanPartition(string Label, string Type, Guid Id, string Content, string Size);

/// <summary>What follows from the inputs themselves.</summary>
public sealed record PlanComposition
{
    /// <summary>Time of everything that has none of its own: the newest time in the sets, nanoseconds since 1970.</summary>
    public required long Time { get; init; }

    /// <summary>Every name in the root file system, ordered by bytes.</summary>
    public required IReadOnlyList<PlanFile> Files { get; init; }

    /// <summary>What becomes of the scripts that packages bring for their installation.</summary>
    public required IReadOnlyList<PlanScript> Scripts { get; init; }

    /// <summary>What the profile leaves out.</summary>
    public required IReadOnlyList<PlanOmission> LeftOut { get; init; }
}

/// <summary>A script of a package. None runs on the building machine.</summary>
/// <param name="Package">Name and version.</param>
/// <param name="Kind">When pkg would run it.</param>
/// <param name="Language">What it is written in.</param>
/// <param name="Handling">Whether the builder has done what it does, or the machine runs it at first boot.</param>
/// <param name="Effects">What the builder knows that it does.</param>
/// <param name="Unknown">Lines that the builder does not know.</param>
public sealed record PlanScript(
    string Package,
    PackageScriptKind Kind,
    ScriptLanguage Language,
    ScriptHandling Handling,
    IReadOnlyList<string> Effects,
    IReadOnlyList<string> Unknown
);

/// <summary>One name of the root file system.</summary>
public sealed record PlanFile
{
    /// <summary>Absolute target path.</summary>
    public required string Path { get; init; }

    /// <summary>"file", "directory" or "link".</summary>
    public required string Kind { get; init; }

    public required uint Uid { get; init; }

    public required uint Gid { get; init; }

    /// <summary>Octal, with setuid and sticky: "4555".</summary>
    public required string Mode { get; init; }

    /// <summary>Bytes of a file.</summary>
    public long? Size { get; init; }

    public string? Sha256 { get; init; }

    /// <summary>Where a symbolic link points.</summary>
    public string? Target { get; init; }

    /// <summary>The input it comes from.</summary>
    public required string Origin { get; init; }

    /// <summary>The input whose file of the same path it replaces.</summary>
    public string? Overrides { get; init; }
}

/// <summary>What one leave_out pattern saved.</summary>
public sealed record PlanOmission(string Pattern, long Files, long Bytes);
