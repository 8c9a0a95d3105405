using Appliance.Lab.Daemons;
using Appliance.Lab.Linux;
using Appliance.Lab.Speakers;
using Appliance.Lab.Topology;
using Appliance.Verify.Processes;

namespace Appliance.Lab.Running;

/// <summary>What was taken away.</summary>
public sealed record LabRemains(
    string Lab,
    IReadOnlyList<string> Namespaces,
    int Processes,
    bool Folder
)
{
    public bool Any => Namespaces.Count > 0 || Folder;
}

/// <summary>
/// Removes a lab from nothing but what is on the machine: namespaces by their names, processes by where they live. It
/// needs neither the lab's state nor the process that made it.
/// </summary>
/// <param name="tools">Where ip(8) is.</param>
public sealed class LabCleaner(HostTools tools)
{
    private static readonly TimeSpan KeeperLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    /// <summary>Names of the labs that have left anything on this machine.</summary>
    public static IReadOnlyList<string> Labs() =>
        [
            .. IpTool
                .Namespaces()
                .Where(name => name.StartsWith(LabNames.Prefix, StringComparison.Ordinal))
                .Select(name => name[LabNames.Prefix.Length..].Split('.')[0])
                .Concat(FoldersIn(LabNames.RunFolder))
                .Concat(FoldersIn(LabNames.DisksFolder))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Asks the keeper to end, if there is one, and removes whatever is left then.</summary>
    public async Task<LabRemains> RemoveAsync(string lab, CancellationToken token)
    {
        if (LabState.Read(lab) is { IsKept: true } state && state.Keeper != Environment.ProcessId)
        {
            await LiveProcess.EndAsync(state.Keeper, KeeperLimit, token);
        }

        using var held = await TakeAsync(lab, token);
        return await RemoveHeldAsync(lab, token);
    }

    /// <summary>Removes what a lab has left; the caller has its name (<see cref="LabLock"/>).</summary>
    internal async Task<LabRemains> RemoveHeldAsync(string lab, CancellationToken token)
    {
        var namespaces = IpTool.Namespaces().Where(name => LabNames.Belongs(lab, name)).ToList();
        var processes = 0;
        var ip = new IpTool(new ProcessGateway(tools), Path.GetTempPath());
        foreach (var name in namespaces)
        {
            processes += await EndProcessesAsync(ip, name, token);
            await ip.DeleteNamespaceAsync(name, token);
        }

        var had = false;
        foreach (var folder in new[] { LabNames.Folder(lab), LabNames.DiskFolder(lab) })
        {
            if (Directory.Exists(folder))
            {
                had = true;
                Directory.Delete(folder, recursive: true);
            }
        }

        if (Labs().Count == 0)
        {
            LabNames.DeleteEmpty(OpenBgpdConfiguration.Prison);
        }

        LabNames.DeleteEmpty(LabNames.DisksFolder);
        return new(lab, namespaces, processes, had);
    }

    /// <summary>Nobody brings a lab of this name up meanwhile; a process that does so now is ended.</summary>
    /// <returns>Null when this process has it.</returns>
    private static async Task<LabLock?> TakeAsync(string lab, CancellationToken token)
    {
        while (true)
        {
            if (LabLock.TryTake(lab) is { } taken)
            {
                return taken;
            }

            var holder = LabLock.Holder(lab);
            if (holder == Environment.ProcessId)
            {
                return null;
            }

            if (holder is { } process and > 1)
            {
                await LiveProcess.EndAsync(process, KeeperLimit, token);
            }

            await Task.Delay(BetweenLooks, token);
        }
    }

    private static IEnumerable<string> FoldersIn(string folder) =>
        Directory.Exists(folder)
            ? Directory.EnumerateDirectories(folder).Select(Path.GetFileName).OfType<string>()
            : [];

    private static async Task<int> EndProcessesAsync(
        IpTool ip,
        string name,
        CancellationToken token
    )
    {
        var living = (await ip.ProcessesAsync(name, token))
            .Where(process => process != Environment.ProcessId)
            .ToList();
        foreach (var process in living)
        {
            LiveProcess.KillNow(process);
        }

        foreach (var process in living)
        {
            await LiveProcess.EndAsync(process, TimeSpan.Zero, token);
        }

        return living.Count;
    }
}
