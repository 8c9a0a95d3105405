namespace Appliance.Rendering.Verdicts;

/// <summary>
/// What the first-boot service says of itself: one line on the console, the whole on disk.
/// The workstation's <c>verify</c> reads the same type.
/// </summary>
public sealed record Verdict
{
    public const int CurrentSchema = 1;

    /// <summary>Stands before the JSON on the console, so that it is found among other output.</summary>
    public const string ConsoleMarker = "APPLIANCE-VERDICT ";

    /// <summary>Where the full verdict lies on the target.</summary>
    public const string TargetPath = "/var/db/appliance/verdict.json";

    public required int Schema { get; init; }

    public required string Site { get; init; }

    /// <summary>True when every check passed and personalisation did not fail.</summary>
    public required bool Ok { get; init; }

    /// <summary>What personalisation did at this boot.</summary>
    public required Personalisation Personalisation { get; init; }

    /// <summary>Number of the boot since the image was written, counted from 1.</summary>
    public required int Boot { get; init; }

    /// <summary>"BIOS" or "UEFI" (sysctl machdep.bootmethod).</summary>
    public required string BootMethod { get; init; }

    /// <summary>Checks that passed; the console line carries only this number, not the checks.</summary>
    public required int Passed { get; init; }

    public required int Failed { get; init; }

    /// <summary>Work of the service itself at this boot, milliseconds of wall clock.</summary>
    public required long Milliseconds { get; init; }

    /// <summary>How much of <see cref="Milliseconds"/> went into the system's own programs: ssh-keygen, pfctl, ifconfig …</summary>
    public long ProgramsMilliseconds { get; init; }

    /// <summary>Most memory that the service had resident at this boot, KiB (getrusage(2)).</summary>
    public long PeakKibibytes { get; init; }

    /// <summary>Set when personalisation failed: one sentence, no secrets.</summary>
    public string? Error { get; init; }

    /// <summary>
    /// The document could not be used, and the machine is a minimal, closed one with a way in for its owner; see
    /// <see cref="Error"/>.
    /// </summary>
    public bool Minimal { get; init; }

    /// <summary>What the provider calls this machine; null when nothing said so.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Set at the boot at which the disk found itself in another machine than before: that one's name.</summary>
    public string? PreviousInstanceId { get; init; }

    /// <summary>
    /// Fingerprint of the machine's ssh host key as ssh(1) shows it, "SHA256:…": who connects for the first time can
    /// compare it with the console.
    /// </summary>
    public string? HostKey { get; init; }

    /// <summary>The machine's own UUID (sysctl kern.hostuuid).</summary>
    public string? HostUuid { get; init; }

    /// <summary>The base system as the image was built; null in images that do not record it.</summary>
    public ImageBase? Base { get; init; }

    /// <summary>Version of the installed kernel, "…-RELEASE-p3" (freebsd-version -k); null where it cannot be read.</summary>
    public string? Kernel { get; init; }

    /// <summary>Version of the installed userland (freebsd-version -u); null where it cannot be read.</summary>
    public string? Userland { get; init; }

    /// <summary>Every place that metadata may come from, in the order in which they are asked.</summary>
    public IReadOnlyList<SourceRecord> Sources
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Where document and metadata differ.</summary>
    public IReadOnlyList<MetadataFinding> Findings
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>On the console only the failed ones; on disk all.</summary>
    public IReadOnlyList<Check> Checks
    {
        get;
        init => field = value ?? [];
    } = [];
}
