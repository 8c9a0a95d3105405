namespace Appliance.Lab.Linux;

/// <summary>Modules of FRR's daemons, where distributions put them.</summary>
public static class FrrModuleFiles
{
    private static readonly string[] Folders =
    [
        "/usr/lib/frr/modules",
        "/usr/lib/x86_64-linux-gnu/frr/modules",
        "/usr/lib/aarch64-linux-gnu/frr/modules",
        "/usr/lib64/frr/modules",
        "/usr/local/lib/frr/modules",
    ];

    /// <summary>The file of a module such as bgpd_rpki; null if it is in none of these places.</summary>
    public static string? Find(string module) =>
        Folders.Select(folder => Path.Combine(folder, module + ".so")).FirstOrDefault(File.Exists);
}
