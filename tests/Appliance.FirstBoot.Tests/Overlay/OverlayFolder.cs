namespace Appliance.FirstBoot.Tests.Overlay;

internal static class OverlayFolder
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Appliance.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("no checkout");
        }

        return System.IO.Path.Combine(folder.FullName, "overlay");
    }
}
