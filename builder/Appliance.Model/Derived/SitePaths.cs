using Appliance.Model.Networks;
using Appliance.Model.Values;

namespace Appliance.Model.Derived;

/// <summary>Over which of its links an edge reaches the other sites.</summary>
internal static class SitePaths
{
    /// <summary>The links of every site that has any, in list order.</summary>
    public static Dictionary<EntryName, List<Link>> LinksBySite(Network network)
    {
        var links = new Dictionary<EntryName, List<Link>>();
        foreach (var link in network.Links.Where(link => link.First.Value != link.Second.Value))
        {
            foreach (var end in new[] { link.First.Value, link.Second.Value })
            {
                if (!links.TryGetValue(end, out var list))
                {
                    links[end] = list = [];
                }

                list.Add(link);
            }
        }

        return links;
    }

    /// <summary>
    /// For each site that can be reached, the first link of a shortest path; only edges forward. Among paths of
    /// the same length the one whose links come first in the file counts.
    /// </summary>
    public static Dictionary<EntryName, Link> FirstLinks(
        Func<EntryName, Site?> findSite,
        Dictionary<EntryName, List<Link>> links,
        Site from
    )
    {
        var first = new Dictionary<EntryName, Link>();
        var open = new Queue<EntryName>([from.Name]);
        while (open.TryDequeue(out var name))
        {
            foreach (var link in links.GetValueOrDefault(name) ?? [])
            {
                var far = findSite(link.FarEnd(name));
                if (far is null || far.Name == from.Name || first.ContainsKey(far.Name))
                {
                    continue;
                }

                first[far.Name] = name == from.Name ? link : first[name];
                if (far.Role == Role.Edge)
                {
                    open.Enqueue(far.Name);
                }
            }
        }

        return first;
    }
}
