using System.Net;
using Appliance.FirstBoot.Kernel;

namespace Appliance.FirstBoot.Checks;

/// <summary>The services that the document implies listen, and nothing else does.</summary>
internal static class SocketChecks
{
    private const int SshPort = 22;
    private const int BgpPort = 179;

    /// <summary>Ports of BFD: single hop, echo, multihop, seamless (RFC 5881, RFC 5883, RFC 7881).</summary>
    private static readonly int[] BfdPorts = [3784, 3785, 4784, 7784];

    /// <summary>The first of those that BFD sends from (RFC 5881, 4).</summary>
    private const int FirstBfdSource = 49152;

    public static void Add(CheckList list, Expectation expected, KernelSnapshot kernel)
    {
        if (expected.IsEnabled("sshd_enable"))
        {
            AddListener(list, "sshd", SshPort, kernel);
        }

        if (RunsBgp(expected))
        {
            AddListener(list, "bgpd", BgpPort, kernel);
        }

        var others = kernel.Sockets.Where(socket => !IsExpected(socket, expected)).ToList();
        list.Add(
            "socket.others",
            others.Count == 0,
            "none",
            others.Count == 0 ? "none" : string.Join("; ", others.Distinct())
        );
    }

    private static void AddListener(CheckList list, string command, int port, KernelSnapshot kernel)
    {
        var listens = kernel.Sockets.Any(socket =>
            socket.Command == command && socket.Port == port
        );
        list.Add(
            $"socket.{command}",
            listens,
            $"listens on port {port}",
            listens ? $"listens on port {port}" : null
        );
    }

    private static bool IsExpected(ListeningSocket socket, Expectation expected) =>
        socket.IsLoopback
        || IsOfJail(socket, expected)
        || socket switch
        {
            { Command: "sshd", Port: SshPort } => expected.IsEnabled("sshd_enable"),
            { Command: "bgpd", Port: BgpPort } => RunsBgp(expected),
            { Command: "bfdd" } => RunsFrr(expected) && IsOfBfd(socket),
            { Command: "dhclient", Port: 68 } => expected.Document.Interfaces.Any(item =>
                item.UsesDhcp()
            ),
            { Command: "ntpd", Port: 123 } => expected.IsEnabled("ntpd_enable"),
            _ => false,
        };

    /// <summary>
    /// A session sends from a socket of its own, which has no address before BGP has found one to speak from; what talks to
    /// people is TCP and not of BFD.
    /// </summary>
    private static bool IsOfBfd(ListeningSocket socket) =>
        socket.Protocol.StartsWith("udp", StringComparison.Ordinal)
        && (BfdPorts.Contains(socket.Port) || socket.Port >= FirstBfdSource);

    /// <summary>What a jail offers is its owner's affair.</summary>
    private static bool IsOfJail(ListeningSocket socket, Expectation expected) =>
        IPAddress.TryParse(socket.Address, out var address)
        && expected.Document.Announced?.Jails.Any(jail =>
            Cidr.Parse(jail.Address).Address.Equals(address)
        ) == true;

    private static bool RunsFrr(Expectation expected) =>
        expected.Document.System.Frr && expected.IsEnabled("frr_enable");

    private static bool RunsBgp(Expectation expected) =>
        RunsFrr(expected) && expected.Document.Bgp is not null;
}
