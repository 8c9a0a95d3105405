using Appliance.Model.Networks;
using Appliance.Model.Profiles;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>Whether an image of a profile can become a site. Both must be free of errors.</summary>
public static class SiteProfileValidation
{
    private const string GreModule = "if_gre";
    private const string Md5Module = "tcpmd5";

    /// <summary>Findings stand where the site names its profile.</summary>
    public static void Validate(Network network, Site site, Profile profile, Report report)
    {
        CheckFibs(site, profile, report);
        CheckRouting(site, profile, report);
        var modules = profile
            .LoaderModules.Concat(profile.Modules)
            .Select(m => m.Value)
            .ToHashSet();
        if (UsesGre(network, site) && !modules.Contains(GreModule))
        {
            ReportModule(site, profile, report, GreModule, "a gre tunnel");
        }

        // Keys are loaded early in rc, and whether before or after kld_list nobody promises.
        if (
            site.Upstreams.Any(u => u.PasswordSecret is not null)
            && profile.LoaderModules.All(m => m.Value != Md5Module)
        )
        {
            ReportModule(site, profile, report, Md5Module, "a session with a password", "loader");
        }
    }

    private static void CheckFibs(Site site, Profile profile, Report report)
    {
        var highest = Highest(site);
        if (profile.Fibs.Value <= highest)
        {
            report.Add(
                FindingCatalogue.ProfileLacksFibs,
                site.Profile.At,
                $"{site.Name} uses FIB {highest}, but profile {profile.Name} has {profile.Fibs} in all",
                $"fibs: {highest + 1}"
            );
        }
    }

    private static void CheckRouting(Site site, Profile profile, Report report)
    {
        if (site.Role == Role.Edge && !profile.Packages.Any(package => IsFrr(package.Value)))
        {
            report.Add(
                FindingCatalogue.EdgeWithoutRouting,
                site.Profile.At,
                $"{site.Name} is an edge, but profile {profile.Name} names no package of FRR: it would speak no BGP",
                "packages: [frr10, pkg]"
            );
        }
    }

    /// <summary>frr10, net/frr10, frr10-10.2; a package of its tools alone has no bgpd.</summary>
    private static bool IsFrr(string package)
    {
        var name = package[(package.LastIndexOf('/') + 1)..];
        return name.StartsWith("frr", StringComparison.Ordinal)
            && !name.Contains("pythontools", StringComparison.Ordinal);
    }

    private static int Highest(Site site)
    {
        var tunnels = site
            .Upstreams.Select(u => u.Over)
            .OfType<UpstreamPath.Tunnel>()
            .Select(t => t.TunnelFib?.Value ?? 0);
        var role = site.Role == Role.Downstream ? Derived.Derivation.AnnouncedFib : 0;
        return site.Routes.Select(r => r.Fib).Concat(tunnels).Append(role).Max();
    }

    private static bool UsesGre(Network network, Site site) =>
        network.Links.Any(link => link.Joins(site.Name) && link.Protocol == TunnelProtocol.Gre)
        || site.Upstreams.Any(u => u.Over is UpstreamPath.Tunnel { Protocol: TunnelProtocol.Gre });

    private static void ReportModule(
        Site site,
        Profile profile,
        Report report,
        string module,
        string what,
        string list = "kld_list"
    ) =>
        report.Add(
            FindingCatalogue.ProfileLacksModule,
            site.Profile.At,
            $"{site.Name} has {what}, but profile {profile.Name} loads no {module}{(list == "loader" ? " with the loader" : "")}",
            $"modules: {{{list}: [{module}]}}"
        );
}
