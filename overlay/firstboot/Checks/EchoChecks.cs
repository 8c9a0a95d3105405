using System.Globalization;
using System.Net;
using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Machine;

namespace Appliance.FirstBoot.Checks;

/// <summary>
/// The address that the world sees, for each address of ours, source-bound and in its forwarding table: what
/// <c>curl --interface ADDRESS</c> tells of a host. Only where the document names services that answer with it.
/// </summary>
internal static class EchoChecks
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    public static void Add(CheckList list, Expectation expected, IMachine machine)
    {
        if (expected.Document.AddressEcho is not { } echo)
        {
            return;
        }

        foreach (var (fib, address) in Addresses(expected))
        {
            var isIpv6 = address.Contains(':', StringComparison.Ordinal);
            if ((isIpv6 ? echo.Ipv6 : echo.Ipv4) is { } url)
            {
                var seen = Ask(machine, fib, address, url);
                list.Add(
                    string.Create(CultureInfo.InvariantCulture, $"echo.fib{fib}.{address}"),
                    IPAddress.TryParse(seen, out var parsed)
                        && parsed.Equals(IPAddress.Parse(address)),
                    address,
                    seen
                );
            }
        }
    }

    /// <summary>Addresses of interfaces and of lo0 in FIB 0, announced ones in FIB 1.</summary>
    private static IEnumerable<(int Fib, string Address)> Addresses(Expectation expected)
    {
        var document = expected.Document;
        var ours = document
            .Interfaces.SelectMany(item => new[] { item.Ipv4, item.Ipv6 })
            .OfType<string>()
            .Concat(document.Loopback)
            .Select(text => (0, Cidr.Parse(text).Address.ToString()));
        return ours.Concat(
            (document.Announced?.Addresses ?? []).Select(text =>
                (1, Cidr.Parse(text).Address.ToString())
            )
        );
    }

    /// <summary>The first line of the answer, as far as it could be an address.</summary>
    private static string Ask(IMachine machine, int fib, string address, string url)
    {
        var result = machine.Run(
            "/usr/sbin/setfib",
            [
                fib.ToString(CultureInfo.InvariantCulture),
                "/usr/bin/fetch",
                $"--bind-address={address}",
                "-q",
                "-T",
                "10",
                "-o",
                "-",
                url,
            ],
            Limit
        );
        var line = result.Output.Split('\n', 2)[0].Trim();
        return !result.Succeeded ? result.Complaint
            : line.Length is > 0 and < 64
            && line.All(letter => char.IsAsciiHexDigit(letter) || letter is '.' or ':')
                ? line
            : "no address";
    }
}
