namespace Appliance.Rendering.Documents;

/// <summary>What the site's profile asks of the operating system.</summary>
public sealed record SystemDocument
{
    /// <summary>Number of forwarding tables, <c>net.fibs</c> in loader.conf(5).</summary>
    public required int Fibs { get; init; }

    /// <summary>Kernel modules the loader preloads, without ".ko".</summary>
    public IReadOnlyList<string> LoaderModules { get; init; } = [];

    /// <summary>Kernel modules of rc.conf's <c>kld_list</c>.</summary>
    public IReadOnlyList<string> Modules { get; init; } = [];

    /// <summary>Further loader tunables, name to value.</summary>
    public IReadOnlyDictionary<string, string> Tunables { get; init; } =
        new Dictionary<string, string>();

    /// <summary>Further sysctl.conf(5) settings, name to value.</summary>
    public IReadOnlyDictionary<string, string> Sysctls { get; init; } =
        new Dictionary<string, string>();

    /// <summary>FRR is in the image, so its services are enabled.</summary>
    public bool Frr { get; init; }

    /// <summary>GPT labels for fstab(5).</summary>
    public required string RootLabel { get; init; }

    /// <summary>Label of the EFI system partition.</summary>
    public string? EspLabel { get; init; }
}
