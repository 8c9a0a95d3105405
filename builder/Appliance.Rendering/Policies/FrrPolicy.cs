using Appliance.Rendering.Documents;
using Appliance.Rendering.Files;
using Appliance.Rendering.Files.Routing;

namespace Appliance.Rendering.Policies;

/// <summary>
/// frr.conf of an edge, rule by rule, for tests of the policy. What the lab runs is the very file of the router,
/// for another FRR (<see cref="SystemDocument.FrrVersion"/>) and with other devices, or with rules taken out.
/// </summary>
public static class FrrPolicy
{
    /// <summary>
    /// Makes bgpd look again at everything it took, with RPKI as it is now. The router's cron(8) runs it every
    /// quarter of an hour.
    /// </summary>
    public const string RevalidationCommand = "clear bgp * soft in";

    /// <summary>The whole file; the same as that of <see cref="SiteRenderer"/>.</summary>
    /// <param name="document">An edge.</param>
    /// <param name="names">Devices of its interfaces, and of its tunnels where they have another name than in the document.</param>
    /// <param name="secrets">Passwords; a session that lacks its own is shut down.</param>
    /// <exception cref="RenderingException">The document is malformed, or no edge's.</exception>
    public static string Render(
        SiteDocument document,
        InterfaceNames names,
        Secrets? secrets = null
    ) => Compose(document, names, secrets).Text(without: []);

    /// <summary>The rules of the file, in its order.</summary>
    /// <exception cref="RenderingException">The document is malformed, or no edge's.</exception>
    public static IReadOnlyList<RenderedRule> Rules(
        SiteDocument document,
        InterfaceNames names,
        Secrets? secrets = null
    ) => [.. Compose(document, names, secrets).Rules()];

    /// <summary>The file without some of its rules.</summary>
    /// <param name="document">An edge.</param>
    /// <param name="names">As for <see cref="Render"/>.</param>
    /// <param name="secrets">As for <see cref="Render"/>.</param>
    /// <param name="without">Names of rules (<see cref="RenderedRule.Name"/>).</param>
    /// <exception cref="ArgumentException">A name is that of no rule of the file.</exception>
    /// <exception cref="RenderingException">The document is malformed, or no edge's.</exception>
    public static string RenderWithout(
        SiteDocument document,
        InterfaceNames names,
        Secrets? secrets,
        IReadOnlyCollection<string> without
    )
    {
        var file = Compose(document, names, secrets);
        var known = file.Rules().Select(rule => rule.Name).ToHashSet(StringComparer.Ordinal);
        return without.FirstOrDefault(name => !known.Contains(name)) is { } unknown
            ? throw new ArgumentException(
                $"no rule of the file is called {unknown}",
                nameof(without)
            )
            : file.Text(without);
    }

    private static FrrConf Compose(SiteDocument document, InterfaceNames names, Secrets? secrets)
    {
        var site = new Site(document, names, secrets ?? Secrets.None);
        return document.Bgp is null
            ? throw new RenderingException("$.bgp", "only an edge has a routing policy")
            : new FrrConf(site);
    }
}
