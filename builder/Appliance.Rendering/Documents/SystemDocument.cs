namespace Appliance.Rendering.Documents;

/// <summary>What the site's profile asks of the operating system.</summary>
public sealed record SystemDocument
{
    /// <summary>Number of forwarding tables, <c>net.fibs</c> in loader.conf(5).</summary>
    public required int Fibs { get; init; }

    /// <summary>Kernel modules the loader preloads, without ".ko".</summary>
    public IReadOnlyList<string> LoaderModules
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Kernel modules of rc.conf's <c>kld_list</c>.</summary>
    public IReadOnlyList<string> Modules
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Further loader tunables, name to value.</summary>
    public IReadOnlyDictionary<string, string> Tunables
    {
        get;
        init => field = value ?? new Dictionary<string, string>();
    } = new Dictionary<string, string>();

    /// <summary>Further sysctl.conf(5) settings, name to value.</summary>
    public IReadOnlyDictionary<string, string> Sysctls
    {
        get;
        init => field = value ?? new Dictionary<string, string>();
    } = new Dictionary<string, string>();

    /// <summary>FRR is in the image, so its services are enabled.</summary>
    public bool Frr { get; init; }

    /// <summary>
    /// Version of the FRR that reads frr.conf, "10.4.1" or "8.4"; the newest syntax when absent. Commands
    /// such as "rpki cache" differ between versions.
    /// </summary>
    public string? FrrVersion { get; init; }

    /// <summary>
    /// Modules of the package's bgpd, "rpki" and "bmp"; absent for what FreeBSD's package has, "rpki" alone.
    /// </summary>
    public IReadOnlyList<string>? FrrModules { get; init; }

    /// <summary>Addresses of resolvers for resolv.conf(5); no names are resolved when empty.</summary>
    public IReadOnlyList<string> Nameservers
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Addresses or names of time servers for ntp.conf(5); FreeBSD's pool when empty.</summary>
    public IReadOnlyList<string> TimeServers
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>GPT labels for fstab(5).</summary>
    public required string RootLabel { get; init; }

    /// <summary>Label of the EFI system partition.</summary>
    public string? EspLabel { get; init; }
}
