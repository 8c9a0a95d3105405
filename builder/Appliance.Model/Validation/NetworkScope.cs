using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>
/// What every check of a network needs: the network with look-ups, the report, and what could not be read. A check
/// that something is absent asks <see cref="IsReadable"/> first: what could not be read is not absent.
/// </summary>
internal sealed class NetworkScope
{
    private readonly Report report;
    private readonly HashSet<string> unreadable = [];
    private readonly Dictionary<EntryName, Site> sites;

    public NetworkScope(Network network, Report report)
    {
        this.report = report;
        Network = network;
        sites = network.Sites.ToDictionary(site => site.Name);
        foreach (var finding in report.Findings.Where(f => f.Severity == Severity.Error))
        {
            AddWithAncestors(finding.Path);
        }
    }

    public Network Network { get; }

    public Site? FindSite(EntryName name) => sites.GetValueOrDefault(name);

    /// <summary>Whether everything at and below the path was read without error.</summary>
    public bool IsReadable(string path) => !unreadable.Contains(path);

    public bool IsReadable(SourceLocation at) => IsReadable(at.Path);

    /// <summary>Whether the site's own key was read without error.</summary>
    public bool IsReadable(Site site, string key) => IsReadable($"{site.At.Path}.{key}");

    public void Add(FindingKind kind, SourceLocation at, string message, string? hint = null) =>
        report.Add(kind, at, message, hint);

    private void AddWithAncestors(string path)
    {
        unreadable.Add(path);
        for (var i = path.Length - 1; i > 0; i--)
        {
            if (path[i] is '.' or '[')
            {
                unreadable.Add(path[..i]);
            }
        }
    }
}
