using System.Text;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Network;
using Appliance.Rendering.Templates;
using Appliance.Rendering.Validation;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.Routing;

/// <summary>
/// /etc/ipsec.conf: keys of BGP sessions. FreeBSD keeps them in the kernel's table of security associations;
/// a password in frr.conf alone signs nothing.
/// </summary>
internal sealed class IpsecConfFile : IConfigurationFile
{
    public const string Path = "/etc/ipsec.conf";

    /// <summary>The one index that tcp(4) uses for TCP-MD5.</summary>
    private const string SecurityParameterIndex = "0x1000";

    public bool IsWanted(Site site) => IsWanted(site.Document);

    /// <summary>Also before a secret is there: rc.d/ipsec ends the boot when its file is missing.</summary>
    public static bool IsWanted(SiteDocument document) =>
        document.Bgp?.Neighbors.Any(neighbor => neighbor.PasswordSecret is not null) == true;

    public RenderedFile Render(Site site)
    {
        var sessions = site
            .Document.Bgp!.Neighbors.Where(neighbor => neighbor.PasswordSecret is not null)
            .Select(neighbor => new IpsecSessionView(neighbor.Name, [.. Lines(site, neighbor)]));
        return new RenderedFile(
            Path,
            RenderedText.Checked(
                Path,
                TemplateEngine.Render(
                    "ipsec.conf.sbn",
                    new IpsecConfView(site.Document.Site, [.. sessions]),
                    ViewJsonContext.Default.IpsecConfView
                )
            ),
            Mode: FileModes.OwnerOnly
        );
    }

    private static IEnumerable<string> Lines(Site site, NeighborDocument neighbor)
    {
        var ipv6 = Addresses.IsIpv6(neighbor.Address);
        var local = site.LocalAddress(neighbor.Over, ipv6);
        if (site.Secrets.Find(neighbor.PasswordSecret!) is not { } password)
        {
            return [$"# It waits for the secret {neighbor.PasswordSecret}."];
        }

        if (local is null)
        {
            throw new RenderingException(
                $"neighbor {neighbor.Name}",
                "a session with a password needs an address of its own in the document, not one by DHCP"
            );
        }

        var family = ipv6 ? "-6" : "-4";
        return Grammar.IsPassword(password)
            ?
            [
                $"add {family} {local} {neighbor.Address} tcp {SecurityParameterIndex} -A tcp-md5 {Key(password)};",
                $"add {family} {neighbor.Address} {local} tcp {SecurityParameterIndex} -A tcp-md5 {Key(password)};",
            ]
            : throw FrrNeighbor.BadPassword(neighbor);
    }

    /// <summary>Between double quotes setkey(8) takes everything but a double quote; hexadecimal digits are bytes.</summary>
    private static string Key(string password) =>
        password.Contains('"', StringComparison.Ordinal)
            ? $"0x{Convert.ToHexStringLower(Encoding.ASCII.GetBytes(password))}"
            : $"\"{password}\"";
}
