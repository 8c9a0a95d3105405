using Appliance.Files;
using Appliance.Lab.Tunnels;
using Appliance.Verify.Processes;

namespace Appliance.Lab.Linux;

/// <summary>ip(8): namespaces, and many commands at once.</summary>
/// <param name="processes">Runs it.</param>
/// <param name="folder">Where batches are written before they are run; they stay there for people to read.</param>
public sealed class IpTool(ProcessGateway processes, string folder)
{
    /// <summary>The namespaces that ip-netns(8) knows.</summary>
    public static IReadOnlyList<string> Namespaces() =>
        Directory.Exists(NetworkNamespace.Folder)
            ?
            [
                .. Directory
                    .EnumerateFiles(NetworkNamespace.Folder)
                    .Select(Path.GetFileName)
                    .OfType<string>()
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    public Task AddNamespaceAsync(string name, CancellationToken token) =>
        processes.RunAsync(new(Tools.Ip, "netns", "add", name), token);

    public Task DeleteNamespaceAsync(string name, CancellationToken token) =>
        processes.RunAsync(new(Tools.Ip, "netns", "delete", name), token);

    /// <summary>Numbers of the processes that live in a namespace.</summary>
    public async Task<IReadOnlyList<int>> ProcessesAsync(string name, CancellationToken token)
    {
        var outcome = await processes.RunAsync(new(Tools.Ip, "netns", "pids", name), token);
        return
        [
            .. outcome
                .StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => int.Parse(line, System.Globalization.CultureInfo.InvariantCulture)),
        ];
    }

    /// <summary>Runs a batch inside a namespace; the first line that fails ends it.</summary>
    /// <param name="batch">Its name, for the file and for errors.</param>
    /// <param name="ipv6">What stands in the lines is IPv6's, where they do not say it themselves.</param>
    /// <exception cref="LabException">A line failed; the message has it.</exception>
    public async Task BatchAsync(
        string namespaceName,
        string batch,
        IReadOnlyList<string> lines,
        CancellationToken token,
        bool ipv6 = false
    )
    {
        if (lines.Count == 0)
        {
            return;
        }

        var path = Path.Combine(folder, $"{namespaceName}.{batch}.ip");
        OutputFile.WriteText(path, string.Concat(lines.Select(line => line + "\n")));
        List<string> arguments = ["-n", namespaceName, "-batch", path];
        if (ipv6)
        {
            arguments.Insert(0, "-6");
        }

        var outcome = await processes.RunUncheckedAsync(new(Tools.Ip, arguments), token);
        if (outcome.ExitCode != 0)
        {
            throw new LabException(
                LabFault.Failed,
                $"ip -n {namespaceName} -batch {path}: {outcome.StandardError.Trim()}"
            );
        }
    }

    /// <summary>Whether the kernel has tunnels of a kind; it is asked to make one.</summary>
    public async Task<bool> HasTunnelAsync(
        string namespaceName,
        TunnelProtocolNumber protocol,
        CancellationToken token
    )
    {
        var kind = NodeCommands.KernelKind(protocol);
        string[] probe =
        [
            "-n",
            namespaceName,
            "link",
            "add",
            "name",
            "probe",
            "type",
            kind,
            "local",
            "127.0.0.1",
            "remote",
            "127.0.0.2",
        ];
        if ((await processes.RunUncheckedAsync(new(Tools.Ip, probe), token)).ExitCode != 0)
        {
            return false;
        }

        await processes.RunAsync(
            new(Tools.Ip, "-n", namespaceName, "link", "delete", "dev", "probe"),
            token
        );
        return true;
    }

    /// <summary>
    /// Renames a device that has a name we want: with its own tunnels the kernel puts a "gre0" into every namespace.
    /// </summary>
    public async Task FreeNameAsync(string namespaceName, string device, CancellationToken token)
    {
        string[] rename =
        [
            "-n",
            namespaceName,
            "link",
            "set",
            "dev",
            device,
            "name",
            $"kernel-{device}",
        ];
        // Most of the time there is none.
        await processes.RunUncheckedAsync(new(Tools.Ip, rename), token);
    }

    /// <summary>A command's JSON inside a namespace, such as <c>-6 route show table all</c>.</summary>
    public async Task<string> JsonAsync(
        string namespaceName,
        IReadOnlyList<string> command,
        CancellationToken token
    ) =>
        (
            await processes.RunAsync(
                new(Tools.Ip, ["-n", namespaceName, "-json", .. command]),
                token
            )
        ).StandardOutput;
}
