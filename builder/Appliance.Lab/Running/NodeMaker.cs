using Appliance.Lab.Linux;
using Appliance.Lab.Topology;
using Appliance.Lab.Tunnels;

namespace Appliance.Lab.Running;

/// <summary>Makes the namespaces of a plan with everything in them but daemons.</summary>
internal sealed class NodeMaker(LabPlan plan, IpTool ip)
{
    /// <summary>Everything but tunnels and what leads through them.</summary>
    public async Task MakeAsync(CancellationToken token)
    {
        foreach (var node in plan.Nodes)
        {
            await ip.AddNamespaceAsync(node.Namespace, token);
            new NetworkNamespace(node.Namespace).Run(() => SetSettings(node));
        }

        foreach (var node in plan.Nodes)
        {
            await ip.BatchAsync(
                node.Namespace,
                "devices",
                NodeCommands.Devices(node, name => plan.Node(name).Namespace),
                token
            );
        }

        foreach (var node in plan.Nodes)
        {
            await ip.BatchAsync(node.Namespace, "addresses", NodeCommands.Addresses(node), token);
        }

        foreach (var node in plan.Nodes)
        {
            await ip.BatchAsync(node.Namespace, "outer", NodeCommands.OuterRoutes(node), token);
        }
    }

    /// <summary>Tunnels by the kernel where it has their kind, otherwise by ends of ours.</summary>
    /// <returns>Our ends, by node and device; they live as long as this process.</returns>
    public async Task<IReadOnlyDictionary<(string Node, string Device), TunnelEnd>> TunnelsAsync(
        CancellationToken token
    )
    {
        var ends = new Dictionary<(string, string), TunnelEnd>();
        var kernel = new Dictionary<TunnelProtocolNumber, bool>();
        try
        {
            foreach (var node in plan.Nodes)
            {
                foreach (var tunnel in node.Devices.OfType<TunnelDevice>())
                {
                    if (!kernel.TryGetValue(tunnel.Protocol, out var has))
                    {
                        has = await ip.HasTunnelAsync(node.Namespace, tunnel.Protocol, token);
                        kernel[tunnel.Protocol] = has;
                    }

                    if (has)
                    {
                        await ip.FreeNameAsync(node.Namespace, tunnel.Name, token);
                        await ip.BatchAsync(
                            node.Namespace,
                            tunnel.Name,
                            NodeCommands.KernelTunnel(tunnel),
                            token
                        );
                    }
                    else
                    {
                        ends[(node.Name, tunnel.Name)] = Open(node, tunnel);
                    }

                    await ip.BatchAsync(
                        node.Namespace,
                        $"{tunnel.Name}.addresses",
                        NodeCommands.TunnelAddresses(tunnel),
                        token
                    );
                }
            }

            return ends;
        }
        catch
        {
            foreach (var end in ends.Values)
            {
                end.Dispose();
            }

            throw;
        }
    }

    public async Task InnerRoutesAsync(CancellationToken token)
    {
        foreach (var node in plan.Nodes)
        {
            await ip.BatchAsync(node.Namespace, "inner", NodeCommands.InnerRoutes(node), token);
            await ip.BatchAsync(
                node.Namespace,
                "rules",
                NodeCommands.Rules(node),
                token,
                ipv6: true
            );
        }
    }

    private static TunnelEnd Open(LabNode node, TunnelDevice tunnel) =>
        TunnelEnd.Open(
            new NetworkNamespace(node.Namespace),
            tunnel.Name,
            tunnel.Protocol,
            tunnel.OuterLocal,
            tunnel.OuterRemote
        );

    private static void SetSettings(LabNode node)
    {
        foreach (var (key, value) in NodeCommands.Settings(node))
        {
            File.WriteAllText($"/proc/sys/net/{key}", value);
        }
    }
}
