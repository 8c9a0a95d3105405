using Appliance.Rendering.Documents;
using Appliance.Rendering.Policies;
using Appliance.Rendering.Validation;

namespace Appliance.Rendering.Files.Routing;

/// <summary>What is said of a neighbor outside the address families.</summary>
internal sealed class FrrNeighbor(Site site, FrrSession session)
{
    /// <summary>GTSM of a neighbor: packets must leave with this TTL (RFC 5082).</summary>
    private const int FullTtl = 255;

    private readonly NeighborDocument neighbor = session.Neighbor;

    public IEnumerable<FrrBlock> Blocks() =>
        [
            FrrBlock.Text(
                " !",
                Line($"remote-as {neighbor.Asn}"),
                Line($"description {neighbor.Name}")
            ),
            .. Shutdown(),
            .. Password(),
            FrrBlock.Text(Reach()),
            .. TtlSecurity(),
            FrrBlock.Text(Timers()),
            .. Detection(),
            FirstAs(),
            Rule(
                PolicyRules.Role,
                Line(
                    $"local-role {session.LocalRole}{(neighbor.Session.StrictRole ? " strict-mode" : "")}"
                )
            ),
        ];

    private IEnumerable<string> Reach()
    {
        if (site.LocalAddress(neighbor.Over, session.Family.IsIpv6) is { } local)
        {
            yield return Line($"update-source {local}");
        }

        if (neighbor.Session.Multihop is { } hops)
        {
            yield return Multihop(hops);
        }
        else if (!FrrStaticRoutes.IsConnected(site, neighbor) || session.NeedsRecursion)
        {
            yield return Line("disable-connected-check");
        }
    }

    /// <summary>
    /// Over IPv6 the full hop limit is sent and none enforced: the kernel has no IPV6_MINHOPCOUNT, without which bgpd never
    /// connects, and pf matches no hop limit ("min-ttl" raises it). pf holds the session to its address and device.
    /// </summary>
    private IEnumerable<FrrBlock> TtlSecurity()
    {
        if (neighbor.Session.TtlSecurity)
        {
            yield return Rule(
                PolicyRules.TtlSecurity,
                session.Family.IsIpv6 ? Multihop(FullTtl) : Line("ttl-security hops 1")
            );
        }
    }

    /// <summary>
    /// As bgpd shows it: frr-reload.py says again what it finds to be different, and this would reset the session.
    /// </summary>
    private string Multihop(int hops) =>
        Line(
            hops == FullTtl && FrrRelease.IsSince(site.Document.System.FrrVersion, 9, 1)
                ? "ebgp-multihop"
                : $"ebgp-multihop {hops}"
        );

    private IEnumerable<string> Timers()
    {
        if (neighbor.Session is { Keepalive: { } keepalive, Hold: { } hold })
        {
            yield return Line($"timers {keepalive} {hold}");
        }

        if (neighbor.Session.GracefulRestart != GracefulRestartMode.Helper)
        {
            yield return Line(
                neighbor.Session.GracefulRestart == GracefulRestartMode.Off
                    ? "graceful-restart-disable"
                    : "graceful-restart"
            );
        }
    }

    private IEnumerable<FrrBlock> Detection()
    {
        if (neighbor.Session.Bfd is { } bfd)
        {
            yield return Rule(
                PolicyRules.Bfd,
                Line("bfd"),
                Line($"bfd profile {FrrBfd.Profile(bfd)}")
            );
        }
    }

    /// <summary>Said either way: which of the two is the default depends on FRR's version.</summary>
    private FrrBlock FirstAs()
    {
        var no = $" no neighbor {neighbor.Address} enforce-first-as";
        return neighbor.Role == NeighborRole.RouteServer
            ? FrrBlock.Text(no)
            : Rule(PolicyRules.FirstAs, Line("enforce-first-as")) with
            {
                Instead = [no],
            };
    }

    private IEnumerable<FrrBlock> Password()
    {
        if (neighbor.PasswordSecret is not { } name || site.Secrets.Find(name) is not { } password)
        {
            yield break;
        }

        yield return Grammar.IsPassword(password)
            ? Rule(PolicyRules.Password, Line($"password {password}"))
            : throw BadPassword(neighbor);
    }

    /// <summary>
    /// Without its password a session would only bother a neighbor that expects it, or worse, come up
    /// unprotected.
    /// </summary>
    private IEnumerable<FrrBlock> Shutdown()
    {
        var reason = neighbor.Session.Shutdown;
        if (
            reason is null
            && neighbor.PasswordSecret is { } name
            && site.Secrets.Find(name) is null
        )
        {
            reason = $"waits for the secret {name}";
        }

        if (reason is not null)
        {
            yield return Rule(PolicyRules.Shutdown, Line($"shutdown message {reason}"));
        }
    }

    /// <summary>What is wrong with a password, without showing it.</summary>
    public static RenderingException BadPassword(NeighborDocument neighbor) =>
        new(
            $"secret {neighbor.PasswordSecret} of neighbor {neighbor.Name}",
            "it must be 1 to 80 printable ASCII characters without blanks"
        );

    private FrrBlock Rule(PolicyRule rule, params IEnumerable<string> lines) =>
        FrrBlock.About(rule, neighbor.Name, lines);

    private string Line(string rest) => $" neighbor {neighbor.Address} {rest}";
}
