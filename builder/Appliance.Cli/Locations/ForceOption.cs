using System.CommandLine;

namespace Appliance.Cli.Locations;

/// <summary>The option that overwrites what belongs to another network or site.</summary>
internal static class ForceOption
{
    public static Option<bool> Create() =>
        new("--force") { Description = "Overwrite what was made for another network or site" };
}
