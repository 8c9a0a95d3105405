using System.Text;
using Appliance.Verify.Processes;

namespace Appliance.Verify.Tests.Qemu;

/// <summary>Programs that call themselves QEMU.</summary>
internal static class Imposters
{
    public static HostTools Qemu(TestFolder folder, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "scripts with #! are Unix's");
        var path = folder.Write(
            Tools.Qemu.Name,
            Encoding.UTF8.GetBytes($"#!{Need.Processes.Tools.Find(Need.Shell)}\n{script}\n")
        );
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(
                path,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        }

        return new($"{folder.Path}{Path.PathSeparator}{Need.Processes.Tools.SearchPath}");
    }
}
