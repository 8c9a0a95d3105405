using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>
/// Outer addresses of all tunnels by site. The kernel keeps one gif per pair of addresses and FIB
/// (in_gif_checkdup), and one gre without key per pair whatever the FIB (in_gre_checkdup).
/// </summary>
internal sealed class OuterPairs(NetworkScope scope)
{
    private readonly Dictionary<Key, int> lines = [];

    public void Add(
        Site site,
        TunnelProtocol protocol,
        int fib,
        IpAddress local,
        IpAddress remote,
        SourceLocation at
    )
    {
        var key = new Key(
            site.Name,
            protocol,
            protocol == TunnelProtocol.Gif ? fib : 0,
            local,
            remote
        );
        if (lines.TryAdd(key, at.Span.Line))
        {
            return;
        }

        // Both ends of a link come here; the text is the same for both, so it is one finding.
        var (low, high) = local < remote ? (local, remote) : (remote, local);
        var kind = protocol == TunnelProtocol.Gif ? "gif" : "gre";
        scope.Add(
            FindingCatalogue.TunnelTwice,
            at,
            $"a {kind} tunnel between {low} and {high} already stands in line {lines[key]}",
            protocol == TunnelProtocol.Gif
                ? "the kernel tells tunnels apart by their outer addresses; use other addresses or kind: gre"
                : "the kernel tells tunnels apart by their outer addresses; use other addresses or kind: gif"
        );
    }

    private readonly record struct Key(
        EntryName Site,
        TunnelProtocol Protocol,
        int Fib,
        IpAddress Local,
        IpAddress Remote
    );
}
