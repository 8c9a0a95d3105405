using Appliance.Model.Networks;
using Appliance.Model.Values;

namespace Appliance.Model.Derived;

/// <summary>Over which of its links an edge reaches the other sites.</summary>
internal static class SitePaths
{
    /// <summary>
    /// For each site that can be reached, the first link of a shortest path; only edges forward. Among paths of
    /// the same length the one whose links come first in the file counts.
    /// </summary>
    public static Dictionary<EntryName, Link> FirstLinks(Network network, Site from)
    {
        var first = new Dictionary<EntryName, Link>();
        var open = new Queue<Site>([from]);
        while (open.TryDequeue(out var site))
        {
            foreach (var link in network.Links.Where(link => link.Joins(site.Name)))
            {
                var far = network.FindSite(link.FarEnd(site.Name));
                if (far is null || far.Name == from.Name || first.ContainsKey(far.Name))
                {
                    continue;
                }

                first[far.Name] = site.Name == from.Name ? link : first[site.Name];
                if (far.Role == Role.Edge)
                {
                    open.Enqueue(far);
                }
            }
        }

        return first;
    }
}
