namespace Appliance.Rendering.Tests;

/// <summary>Finds this project's sources, where fixtures and golden files lie.</summary>
internal static class RepositoryFolder
{
    public static string TestProject { get; } =
        Path.Combine(FindRoot(), "tests", "Appliance.Rendering.Tests");

    private static string FindRoot()
    {
        for (
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            folder is not null;
            folder = folder.Parent
        )
        {
            if (File.Exists(Path.Combine(folder.FullName, "Appliance.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no Appliance.sln above {AppContext.BaseDirectory}");
    }
}
