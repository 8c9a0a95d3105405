using System.Net;
using Appliance.Lab.Linux;
using Appliance.Lab.Topology;
using Appliance.Tests.Support;

namespace Appliance.Lab.Tests.Topology;

/// <summary>From site documents to namespaces, cables and routes; nothing is made.</summary>
public class LabPlannerTests
{
    private readonly LabPlan example = LabPlanner.Plan("t", Networks.Shipped("example"));
    private readonly LabPlan twoEdges = LabPlanner.Plan("t", Networks.Shipped("two-edges"));

    [Fact]
    public void Every_site_neighbor_and_cache_is_a_node()
    {
        Assert.Equal(
            ["world", "rpki", "lagrange", "ifog", "router01", "vps01"],
            example.Nodes.Select(node => node.Name)
        );
        Assert.Equal("appliance-lab.t.router01", example.Node("router01").Namespace);
        Assert.Equal(
            ["transit", "transit4", "routeserver", "tunnelbroker"],
            twoEdges.Sessions.Select(session => session.Upstream)
        );
    }

    [Fact]
    public void Interfaces_with_a_common_prefix_share_a_switch()
    {
        // web1's provider gave it an address of ams1's link; fra1 and db1 share another, and a tunnel ends on dns1's.
        var switches = twoEdges
            .World.Devices.OfType<CableEnd>()
            .Where(port => port.Bridge is not null)
            .GroupBy(port => port.Bridge, port => port.PeerNode)
            .Select(group => string.Join(' ', group.Order(StringComparer.Ordinal)))
            .Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "ams1 routeserver",
                "ams1 transit transit4 web1",
                "db1 fra1",
                "dns1 tunnelbroker",
                "web1",
            ],
            switches
        );
    }

    [Fact]
    public void A_gateway_is_the_neighbor_that_has_its_address_or_else_the_world()
    {
        var wan = example.World.Device("seg0");
        Assert.Contains(wan.Addresses, address => address.ToString() == "198.51.100.1/24");
        Assert.DoesNotContain(
            wan.Addresses,
            address => address.Address.Equals(IPAddress.Parse("2001:db8:100::1"))
        );
        Assert.Contains(
            example.Node("lagrange").Devices.SelectMany(device => device.Addresses),
            address => address.ToString() == "2001:db8:100::1/64"
        );
    }

    [Fact]
    public void Both_ends_of_a_tunnel_mirror_each_other()
    {
        var tunnels = example
            .Nodes.SelectMany(node =>
                node.Devices.OfType<TunnelDevice>()
                    .Select(tunnel => (Node: node.Name, Tunnel: tunnel))
            )
            .ToList();
        Assert.Equal(4, tunnels.Count);
        Assert.All(
            tunnels,
            end =>
                Assert.Single(
                    tunnels,
                    other =>
                        other.Node == end.Tunnel.PeerNode
                        && other.Tunnel.PeerNode == end.Node
                        && other.Tunnel.Protocol == end.Tunnel.Protocol
                        && other.Tunnel.Mtu == end.Tunnel.Mtu
                        && other.Tunnel.OuterLocal.Equals(end.Tunnel.OuterRemote)
                        && other.Tunnel.OuterRemote.Equals(end.Tunnel.OuterLocal)
                )
        );
    }

    [Fact]
    public void The_far_end_of_two_host_addresses_is_the_kernels_route_and_no_address_that_zebra_sees()
    {
        var sites = Networks.Shipped("example");
        var edge = sites[0] with
        {
            Tunnels =
            [
                .. sites[0]
                    .Tunnels.Select(tunnel =>
                        tunnel.Upstream
                            ? tunnel with
                            {
                                InnerLocal = "2001:db8:300::2/128",
                            }
                            : tunnel
                    ),
            ],
        };
        var plan = LabPlanner.Plan("t", [edge, sites[1]]);
        Assert.Contains(
            "2001:db8:300::2/128",
            plan.Node("router01").Device("gre0").Addresses.Select(address => address.ToString())
        );
        Assert.Contains(
            "route replace 2001:db8:300::3/128 dev gre0 table 254 proto kernel",
            NodeCommands.InnerRoutes(plan.Node("router01"))
        );
        Assert.Contains(
            "2001:db8:300::3 peer 2001:db8:300::2/128",
            plan.Node("ifog").Device("tunnel").Addresses.Select(address => address.ToString())
        );
    }

    [Fact]
    public void A_downstreams_announced_FIB_is_a_table_with_rules()
    {
        var site = example.Node("vps01");
        Assert.Equal(
            [
                "route replace 2001:db8:1c:ffff::2/127 dev gif0 table 1001",
                "route replace ::/0 via 2001:db8:1c:ffff::2 dev gif0 table 1001",
            ],
            NodeCommands.InnerRoutes(site)
        );
        Assert.Contains(
            "route replace blackhole 2001:db8:1c:1000::/64 table 1001",
            NodeCommands.OuterRoutes(site)
        );
        Assert.Equal(
            [
                "rule add iif gif0 lookup 1001 preference 1000",
                "rule add iif lo from 2001:db8:1c:1000::/64 lookup 1001 preference 1001",
            ],
            NodeCommands.Rules(site)
        );
    }

    [Theory]
    [InlineData("router01", "1")]
    [InlineData("vps01", "0")]
    [InlineData("world", "1")]
    public void A_node_forwards_where_the_machine_would(string node, string expected)
    {
        var settings = NodeCommands
            .Settings(example.Node(node))
            .Where(item => item.Key.Contains("forward", StringComparison.Ordinal))
            .ToList();
        Assert.Equal([expected, expected, expected], settings.Select(item => item.Value));
    }

    [Fact]
    public void A_cache_that_the_file_names_gets_an_address()
    {
        Assert.Equal(
            ["100.64.255.1:323", "[2001:db8:53::53]:3323"],
            twoEdges.Caches.Select(c => c.ToString())
        );
        Assert.All(
            twoEdges.Documents.Where(site => site.Bgp is not null),
            site => Assert.Equal("100.64.255.1", site.Bgp!.RpkiCaches[0].Host)
        );
    }

    [Fact]
    public void A_station_is_a_node_on_the_link_of_its_address()
    {
        var plan = LabPlanner.Plan("t", Networks.Shipped("every-role"));
        var station = Assert.Single(plan.Stations);
        Assert.Equal(("11.220.0.99:11019", "bmp"), (station.Address.ToString(), station.Node));
        var node = plan.Node("bmp");
        Assert.Equal(LabNodeKind.Station, node.Kind);
        Assert.Contains(
            "11.220.0.99/24",
            node.Device("link").Addresses.Select(address => address.ToString())
        );
        Assert.Contains(
            "bmp: 11.220.0.99:11019",
            LabPicture.Draw(plan, _ => "", _ => null),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("station.example.net", "100.64.254.1:11019", "bmp")]
    [InlineData("192.0.2.53", "192.0.2.53:11019", "rpki")]
    public void A_station_may_be_named_or_be_the_caches_machine(
        string host,
        string address,
        string node
    )
    {
        var plan = LabPlanner.Plan("t", Networks.WithStation(host));
        var station = Assert.Single(plan.Stations);
        Assert.Equal((address, node), (station.Address.ToString(), station.Node));
        Assert.Equal($"{station.Address.Address}", plan.Document("router01").Bgp!.Bmp!.Host);
        Assert.Contains(station.Address.Address, plan.Node(node).Loopbacks);
        Assert.Equal(node == "bmp", plan.Nodes.Any(item => item.Name == "bmp"));
    }

    [Fact]
    public void A_virtual_machine_has_wires_and_nothing_else()
    {
        var plan = LabPlanner.Plan("t", Networks.Shipped("example"), ["router01"]);
        var node = plan.Node("router01");
        Assert.Equal(["br0", "cable0", "tap0"], node.Devices.Select(device => device.Name));
        Assert.Empty(node.Devices.SelectMany(device => device.Addresses));
        Assert.Empty(node.Routes);
        Assert.Contains("tuntap add dev tap0 mode tap", NodeCommands.Devices(node, name => name));
        var wire = Assert.Single(
            plan.World.Devices.OfType<CableEnd>(),
            port => port.PeerNode == "router01"
        );
        Assert.Equal("cable0", wire.PeerDevice);
    }

    [Theory]
    [InlineData("example")]
    [InlineData("two-edges")]
    public void Names_fit_the_kernel_and_are_unique_in_their_node(string network)
    {
        var plan = LabPlanner.Plan("t", Networks.Shipped(network));
        Assert.All(
            plan.Nodes,
            node =>
            {
                Assert.All(
                    node.Devices,
                    device => Assert.InRange(device.Name.Length, 1, LabNames.LongestDevice)
                );
                Assert.Distinct(node.Devices.Select(device => device.Name));
            }
        );
    }

    [Theory]
    [InlineData("example")]
    [InlineData("two-edges")]
    public void Every_cable_has_two_ends_and_is_made_once(string network)
    {
        var plan = LabPlanner.Plan("t", Networks.Shipped(network));
        var cables = plan
            .Nodes.SelectMany(node =>
                node.Devices.OfType<CableEnd>().Select(end => (node.Name, end))
            )
            .ToList();
        Assert.All(
            cables,
            cable =>
            {
                var other = plan.Node(cable.end.PeerNode).Device(cable.end.PeerDevice);
                var far = Assert.IsType<CableEnd>(other);
                Assert.Equal((cable.Name, cable.end.Name), (far.PeerNode, far.PeerDevice));
                Assert.NotEqual(cable.end.Makes, far.Makes);
            }
        );
    }

    [Fact]
    public void A_neighbor_on_no_link_is_refused()
    {
        var sites = Networks.Shipped("example");
        var edge = sites[0] with
        {
            Bgp = sites[0].Bgp! with
            {
                Neighbors = [sites[0].Bgp!.Neighbors[0] with { Address = "2001:db8:999::1" }],
            },
        };
        var exception = Assert.Throws<LabException>(() => LabPlanner.Plan("t", [edge, sites[1]]));
        Assert.Equal(LabFault.BadRequest, exception.Fault);
        Assert.Contains("lagrange of router01", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Lab")]
    [InlineData("a.b")]
    [InlineData("../x")]
    [InlineData("a-name-that-is-too-long")]
    public void A_name_that_could_be_mistaken_is_refused(string name)
    {
        Assert.Throws<LabException>(() => LabPlanner.Plan(name, Networks.Shipped("example")));
    }

    [Fact]
    public void The_picture_shows_who_is_joined_to_whom()
    {
        var picture = LabPicture.Draw(
            example,
            _ => "BIRD",
            session => session.Neighbor.Name == "ifog" ? "Active" : null
        );
        Assert.Equal(
            """
            world
            ├─ seg0: world 198.51.100.1/24, router01 198.51.100.10/24 2001:db8:100::96/64, lagrange 2001:db8:100::1/64, ifog 198.51.100.44/24
            ├─ seg1: world 203.0.113.1/24, vps01 203.0.113.10/24
            ├─ lagrange, AS64496, BIRD
            ├─ ifog, AS64497, BIRD
            └─ rpki: 192.0.2.53:3323

            router01, edge, AS64500, 2001:db8:1c::1
            ├─ vtnet0 198.51.100.10/24 2001:db8:100::96/64
            │  └─ BGP lagrange, AS64496, 2001:db8:100::1
            ├─ gif0 ═6in4═ vps01 (198.51.100.10 to 203.0.113.10, MTU 1480) 2001:db8:1c:ffff::2/127
            └─ gre0 ═gre═ ifog (198.51.100.10 to 198.51.100.44, MTU 1476) 2001:db8:300::2/127
               └─ BGP ifog, AS64497, 2001:db8:300::3: Active

            vps01, downstream, 2001:db8:1c:1000::1 2001:db8:1c:1000::10
            ├─ vtnet0 203.0.113.10/24
            └─ gif0 ═6in4═ router01 (203.0.113.10 to 198.51.100.10, MTU 1480) 2001:db8:1c:ffff::3/127

            """,
            picture
        );
    }
}
