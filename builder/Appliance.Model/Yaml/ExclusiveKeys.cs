using Appliance.Model.Reports;

namespace Appliance.Model.Yaml;

/// <summary>Keys of which exactly one is written.</summary>
internal static class ExclusiveKeys
{
    /// <summary>Reports none or several; true if it is exactly one.</summary>
    public static bool Check(MappingReader map, params string[] keys)
    {
        var present = keys.Where(map.Has).ToList();
        if (present.Count == 1)
        {
            return true;
        }

        var choice = string.Join(" or ", keys);
        map.Reader.Report.Add(
            FindingCatalogue.Contradiction,
            map.Owner,
            present.Count == 0
                ? $"one of {choice} is needed"
                : $"only one of {choice} can hold, and {string.Join(" and ", present)} are written"
        );
        return false;
    }
}
