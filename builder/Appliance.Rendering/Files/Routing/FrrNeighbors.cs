using Appliance.Rendering.Documents;
using Appliance.Rendering.Network;
using Appliance.Rendering.Validation;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.Routing;

/// <summary>What is said of a neighbor outside the address families.</summary>
internal static class FrrNeighbors
{
    public static FrrNeighborView View(Site site, NeighborDocument neighbor) =>
        new(neighbor.Name, neighbor.Address, neighbor.Asn, [.. Commands(site, neighbor)]);

    private static IEnumerable<string> Commands(Site site, NeighborDocument neighbor)
    {
        yield return $"description {neighbor.Name}";
        var ipv6 = Addresses.IsIpv6(neighbor.Address);
        if (site.LocalAddress(neighbor.Over, ipv6) is { } local)
        {
            yield return $"update-source {local}";
        }

        if (!FrrStaticRoutes.IsConnected(site, neighbor))
        {
            yield return "disable-connected-check";
        }

        yield return "enforce-first-as";
        if (neighbor.PasswordSecret is { } secretName)
        {
            yield return Password(site, neighbor, secretName);
        }
    }

    /// <summary>
    /// The password, or the session switched off until it is there: without one it would only bother a
    /// neighbor that expects it, or worse, come up unprotected.
    /// </summary>
    private static string Password(Site site, NeighborDocument neighbor, string secretName)
    {
        if (site.Secrets.Find(secretName) is not { } password)
        {
            return $"shutdown message waits for the secret {secretName}";
        }

        return Grammar.IsPassword(password)
            ? $"password {password}"
            : throw new RenderingException(
                $"secret {secretName} of neighbor {neighbor.Name}",
                "it must be 1 to 80 printable ASCII characters without blanks, quotes, '\\', '#' and '!'"
            );
    }
}
