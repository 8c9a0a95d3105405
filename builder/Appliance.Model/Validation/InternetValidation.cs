using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>A network against the Internet as it is: sizes of tables, and how old that knowledge is.</summary>
public static class InternetValidation
{
    /// <summary>Tables grow by some ten per cent a year, and limits have about that much room.</summary>
    private const int OldAfterDays = 365;

    /// <summary>Adds findings about a network without errors.</summary>
    /// <param name="network">The network; only its edges are concerned.</param>
    /// <param name="facts">What is known of the Internet.</param>
    /// <param name="today">The day of the check.</param>
    /// <param name="report">Takes the findings.</param>
    public static void Validate(Network network, InternetFacts facts, DateOnly today, Report report)
    {
        var upstreams = network.Sites.SelectMany(site => site.Upstreams).ToList();
        foreach (var upstream in upstreams)
        {
            CheckLimit(upstream, facts, report);
        }

        var age = today.DayNumber - facts.Date.DayNumber;
        if (upstreams.Exists(upstream => upstream.TakesRoutes) && age > OldAfterDays)
        {
            report.Add(
                FindingCatalogue.DataOutdated,
                network.At,
                $"bogons and sizes of tables are of {facts.Date:yyyy-MM-dd}, {age} days ago",
                "update this program"
            );
        }
    }

    private static void CheckLimit(Upstream upstream, InternetFacts facts, Report report)
    {
        var table = upstream.Neighbor.Value.IsIpv6 ? facts.Ipv6Routes : facts.Ipv4Routes;
        if (
            upstream is { Role.Value: UpstreamRole.Transit, Import.Value: UpstreamImport.Full }
            && upstream.MaximumPrefix is { } maximum
            && maximum.Value < table
        )
        {
            report.Add(
                FindingCatalogue.LimitBelowTable,
                maximum.At,
                $"{maximum} is less than the {table} routes that a full {Words.For(upstream.Neighbor.Value.Family)} table had on {facts.Date:yyyy-MM-dd}",
                "leave it out, or write \"import: partial\" if the upstream sends less"
            );
        }
    }
}
