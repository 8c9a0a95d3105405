namespace Appliance.Tests;

/// <summary>
/// Finds the checkout that the running test was built from. By its place, not by a caller's file
/// path: a deterministic build writes /_/ for those.
/// </summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    /// <summary>A file or folder of the checkout, named from its root.</summary>
    public static string Combine(params ReadOnlySpan<string> names) =>
        System.IO.Path.Combine([Path, .. names]);

    private static string Find()
    {
        for (
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            folder is not null;
            folder = folder.Parent
        )
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Appliance.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no Appliance.sln above {AppContext.BaseDirectory}");
    }
}
