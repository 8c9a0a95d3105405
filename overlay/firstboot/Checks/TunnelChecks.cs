using Appliance.FirstBoot.Kernel;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Checks;

/// <summary>gif(4) and gre(4): a tunnel with one wrong number looks healthy and carries nothing.</summary>
internal static class TunnelChecks
{
    public static void Add(CheckList list, Expectation expected, KernelSnapshot kernel)
    {
        foreach (var tunnel in expected.Document.Tunnels)
        {
            AddTunnel(list, tunnel, kernel.Interface(tunnel.Device));
        }
    }

    private static void AddTunnel(CheckList list, TunnelDocument tunnel, InterfaceState? actual)
    {
        var name = $"tunnel.{tunnel.Device}";
        list.Add(
            $"{name}.up",
            actual is { IsUp: true },
            "up",
            actual is null ? null : string.Join(',', actual.Flags)
        );
        list.Equal(
            $"{name}.kind",
            tunnel.Kind == TunnelKind.Gif ? "gif" : "gre",
            actual?.Groups.FirstOrDefault(group => group is "gif" or "gre")
        );
        list.Equal($"{name}.outer", $"{tunnel.OuterLocal} --> {tunnel.OuterRemote}", actual?.Outer);
        list.Equal($"{name}.tunnelfib", tunnel.TunnelFib, actual?.TunnelFib);
        list.Equal($"{name}.fib", tunnel.Fib, actual?.Fib);
        list.Equal($"{name}.mtu", tunnel.Mtu, actual?.Mtu);
        InterfaceChecks.AddAddress(list, $"{name}.inner", tunnel.InnerLocal, actual);
    }
}
