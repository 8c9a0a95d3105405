namespace Appliance.Cli.Locations;

/// <summary>Finds the files that come with the program, and the user's own beside them.</summary>
public static class ProductFiles
{
    /// <summary>The network of every example in the help texts.</summary>
    public const string ExampleNetwork = "networks/example.yaml";

    /// <summary>
    /// The folder of profiles: the nearest <c>profiles/</c> at or above <paramref name="workingFolder"/>,
    /// so that a checkout uses its own and keeps its locks there; otherwise the one shipped with the program.
    /// </summary>
    public static string ProfilesFolder(string workingFolder)
    {
        return NearestProfiles(workingFolder) ?? Path.Combine(AppContext.BaseDirectory, "profiles");
    }

    /// <summary>The example network of the checkout that <paramref name="workingFolder"/> is in; null outside of one.</summary>
    public static string? ExampleOfCheckout(string workingFolder) =>
        NearestProfiles(workingFolder) is { } folder
        && Path.Combine(folder, ExampleNetwork) is var example
        && File.Exists(example)
            ? example
            : null;

    private static string? NearestProfiles(string workingFolder)
    {
        for (
            var folder = new DirectoryInfo(workingFolder);
            folder is not null;
            folder = folder.Parent
        )
        {
            var candidate = Path.Combine(folder.FullName, "profiles");
            if (File.Exists(Path.Combine(candidate, "edge.yaml")))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>FreeBSD's keys as they came with this program.</summary>
    public static string ShippedKeys => Path.Combine(AppContext.BaseDirectory, "profiles", "keys");

    /// <summary>What ends up inside the appliance; it belongs to the version of this program.</summary>
    public static string OverlayFolder => Path.Combine(AppContext.BaseDirectory, "overlay");

    /// <summary>The first-boot service for the target.</summary>
    public static string FirstBootExecutable =>
        Path.Combine(AppContext.BaseDirectory, "overlay", "firstboot", "appliance-firstboot");
}
