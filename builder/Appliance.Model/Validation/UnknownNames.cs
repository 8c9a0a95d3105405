using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;
using Appliance.Model.Yaml;

namespace Appliance.Model.Validation;

/// <summary>Names that refer to nothing.</summary>
internal static class UnknownNames
{
    /// <summary>A list of more names than this helps nobody.</summary>
    private const int MostNames = 12;

    public static void ReportInterface(NetworkScope scope, Site site, Located<EntryName> name)
    {
        // An interface that could not be read is there all the same.
        if (scope.IsReadable(site, "interfaces"))
        {
            scope.Add(
                FindingCatalogue.UnknownInterface,
                name.At,
                $"{site.Name} has no interface {name}",
                Hint(name, site.Interfaces.Select(i => i.Name))
            );
        }
    }

    public static void ReportSite(NetworkScope scope, Located<EntryName> name)
    {
        if (scope.IsReadable("$.sites"))
        {
            scope.Add(
                FindingCatalogue.UnknownSite,
                name.At,
                $"there is no site {name}",
                Hint(name, scope.Network.Sites.Select(s => s.Name))
            );
        }
    }

    private static string? Hint(Located<EntryName> name, IEnumerable<EntryName> known)
    {
        var names = known.Take(MostNames + 1).Select(k => k.Text).ToList();
        if (Spelling.Nearest(name.Value.Text, names) is { } nearest)
        {
            return $"did you mean {nearest}?";
        }

        return names.Count is 0 or > MostNames ? null : $"known: {string.Join(", ", names)}";
    }
}
