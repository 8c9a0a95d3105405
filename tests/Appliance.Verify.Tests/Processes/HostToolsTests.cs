using Appliance.Verify.Processes;

namespace Appliance.Verify.Tests.Processes;

public sealed class HostToolsTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_program_on_the_search_path_is_found_by_its_absolute_path()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "mode bits are Unix's");
        var program = Program("qemu-img");
        Assert.Equal(program, new HostTools($"/nowhere:{folder.Path}").Find(Tools.QemuImg));
    }

    [Fact]
    public void A_file_that_may_not_be_executed_is_no_program()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "mode bits are Unix's");
        folder.Write("qemu-img", [1]);
        Assert.False(new HostTools(folder.Path).Has(Tools.QemuImg));
    }

    [Fact]
    public void An_empty_search_path_finds_nothing_and_names_the_packages()
    {
        var exception = Assert.Throws<MissingToolException>(() =>
            new HostTools("").Find(Tools.Qemu)
        );
        Assert.Equal(VerifyFault.MissingTool, exception.Fault);
        Assert.Contains(
            "qemu-system-x86_64 is not on PATH",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Contains("apt install qemu-system-x86", exception.Message, StringComparison.Ordinal);
        Assert.Contains("brew install qemu", exception.Message, StringComparison.Ordinal);
        Assert.Contains("pkg install qemu", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_of_one_system_only_names_that_systems_package()
    {
        var exception = Assert.Throws<MissingToolException>(() => new HostTools("").Find(Tools.Ip));
        Assert.EndsWith(
            "install it with `apt install iproute2` (Debian, Ubuntu), `dnf install iproute` (Fedora)",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    private string Program(string name)
    {
        var path = folder.Write(name, [1]);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return path;
    }
}
