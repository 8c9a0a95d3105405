namespace Appliance.FirstBoot.Kernel;

/// <summary>What the kernel and the disk said at one moment; the checks look at nothing else.</summary>
internal sealed record KernelSnapshot
{
    public IReadOnlyList<InterfaceState> Interfaces { get; init; } = [];

    /// <summary>Routes of both families by FIB.</summary>
    public IReadOnlyList<IReadOnlyList<RouteEntry>> Routes { get; init; } = [];

    public IReadOnlySet<string> Modules { get; init; } = new HashSet<string>();

    public IReadOnlyDictionary<string, string> Sysctls { get; init; } =
        new Dictionary<string, string>();

    /// <summary>The environment the loader left, kenv(1).</summary>
    public IReadOnlyDictionary<string, string> LoaderVariables { get; init; } =
        new Dictionary<string, string>();

    public PacketFilterState PacketFilter { get; init; } = new(false, [], []);

    public IReadOnlyList<ListeningSocket> Sockets { get; init; } = [];

    public IReadOnlyList<JailState> Jails { get; init; } = [];

    public IReadOnlyDictionary<string, FileFacts> Files { get; init; } =
        new Dictionary<string, FileFacts>();

    /// <summary>Content of the personalised files, null where one is missing.</summary>
    public IReadOnlyDictionary<string, string?> Contents { get; init; } =
        new Dictionary<string, string?>();

    /// <summary>FRR's daemons that run, by what FRR's own rc script says.</summary>
    public IReadOnlySet<string> RoutingDaemons { get; init; } = new HashSet<string>();

    /// <summary>Scripts of packages that the machine had to run, with what came of each; null where one has not run.</summary>
    public IReadOnlyDictionary<string, string?> PackageScripts { get; init; } =
        new Dictionary<string, string?>();

    /// <summary>The password field of root as the password database gives it, null when unknown.</summary>
    public string? RootPassword { get; init; }

    /// <summary>Programs that failed, with what they said: nothing that rests on them can pass.</summary>
    public IReadOnlyList<(string Program, string Problem)> Problems { get; init; } = [];

    public InterfaceState? Interface(string? device) =>
        Interfaces.FirstOrDefault(item => item.Name == device);
}

/// <summary>What a snapshot has to cover.</summary>
/// <param name="Fibs">Number of forwarding tables.</param>
/// <param name="Sysctls">Names to read.</param>
/// <param name="Files">Target paths whose owner, mode and content are read.</param>
/// <param name="Jails">Whether jails are of interest.</param>
/// <param name="Routing">Whether FRR's daemons are.</param>
internal sealed record SnapshotRequest(
    int Fibs,
    IReadOnlyList<string> Sysctls,
    IReadOnlyList<string> Files,
    bool Jails,
    bool Routing
);
