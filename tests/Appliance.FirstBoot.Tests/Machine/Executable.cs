namespace Appliance.FirstBoot.Tests.Machine;

internal static class Executable
{
    public static void Make(string path) => File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
}
