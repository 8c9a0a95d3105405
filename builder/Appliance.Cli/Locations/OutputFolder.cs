using Appliance.Cli.Terminal;

namespace Appliance.Cli.Locations;

/// <summary>The folder that an option names for outputs.</summary>
internal static class OutputFolder
{
    private const string Devices = "/dev/";

    /// <summary>The absolute path of a folder that is there or may be made.</summary>
    /// <param name="environment">Relative paths are relative to its folder.</param>
    /// <param name="folder">As the option says it.</param>
    /// <param name="option">Name of the option.</param>
    /// <exception cref="UsageException">It is a device, or lies among devices.</exception>
    public static string Resolve(CliEnvironment environment, string folder, string option)
    {
        if (folder.Length == 0)
        {
            throw new UsageException($"{option} is empty; it names the folder to write into");
        }

        var path = environment.Resolve(folder);
        if (
            !OperatingSystem.IsWindows()
            && path.StartsWith(Devices, StringComparison.Ordinal)
            && !path.StartsWith("/dev/shm/", StringComparison.Ordinal)
        )
        {
            throw new UsageException(
                $"{option} {folder} is among the devices, and {option} names a folder: write there first, and copy the file "
                    + $"onto the device with dd if=FILE of={folder} bs=1M"
            );
        }

        return path;
    }
}
