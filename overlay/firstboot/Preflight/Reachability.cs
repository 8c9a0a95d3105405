using System.Globalization;
using Appliance.FirstBoot.Checks;
using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Machine;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Preflight;

/// <summary>Asks the far ends, with ping(8) and nc(1) of the base system, source-bound and in the right forwarding table.</summary>
internal sealed class Reachability(IMachine machine)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    /// <summary>Both ends of every tunnel: a device that is up may still carry nothing.</summary>
    public void AddTunnels(CheckList list, SiteDocument document)
    {
        foreach (var tunnel in document.Tunnels)
        {
            var inner = Cidr.Parse(tunnel.InnerLocal).Address.ToString();
            Add(
                list,
                $"tunnel.{tunnel.Device}.far-end",
                $"{tunnel.InnerRemote} answers",
                Ping(tunnel.Fib, inner, tunnel.InnerRemote)
            );
        }
    }

    /// <summary>The addresses of the machine itself, which the world will reach it by.</summary>
    public void AddLoopback(CheckList list, SiteDocument document)
    {
        foreach (var address in document.Loopback)
        {
            Add(list, $"loopback.{address}", $"{address} answers", Ping(0, address, address));
        }
    }

    /// <summary>Without its caches an edge would take what is known to be wrong.</summary>
    public void AddCaches(CheckList list, SiteDocument document)
    {
        foreach (var cache in document.Bgp?.RpkiCaches ?? [])
        {
            var port = cache.Port.ToString(CultureInfo.InvariantCulture);
            Add(
                list,
                $"rtr.{cache.Host}.{port}",
                "takes connections",
                machine.Run("/usr/bin/nc", ["-z", "-w", "4", cache.Host, port], Limit)
            );
        }
    }

    private ProgramResult Ping(int fib, string source, string destination)
    {
        var family = destination.Contains(':', StringComparison.Ordinal) ? "-6" : "-4";
        return machine.Run(
            "/usr/sbin/setfib",
            [
                fib.ToString(CultureInfo.InvariantCulture),
                "/sbin/ping",
                family,
                "-n",
                "-q",
                "-c",
                "2",
                "-o",
                "-t",
                "4",
                "-S",
                source,
                destination,
            ],
            Limit
        );
    }

    private static void Add(CheckList list, string name, string expected, ProgramResult result) =>
        list.Add(name, result.Succeeded, expected, result.Succeeded ? expected : "no answer");
}
