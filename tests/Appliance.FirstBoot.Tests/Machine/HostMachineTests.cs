using System.Text;
using Appliance.FirstBoot.Machine;

namespace Appliance.FirstBoot.Tests.Machine;

public sealed class HostMachineTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-machine-");

    public HostMachineTests() =>
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a Unix with /bin/sh");

    private HostMachine Machine => new(folder.FullName);

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_file_has_the_mode_it_was_given_whatever_lay_there_before()
    {
        var machine = Machine;
        machine.CreateFolder("/etc/secret", 0b111_000_000);
        Assert.Equal(0b111_000_000, machine.Mode("/etc/secret"));
        machine.Write("/etc/secret/a", "old and longer"u8, Me(), 0b110_110_110);
        machine.Write("/etc/secret/a", "new"u8, Me(), 0b100_100_000);
        Assert.Equal("new", Encoding.UTF8.GetString(machine.Read("/etc/secret/a")!));
        Assert.Equal(0b100_100_000, machine.Mode("/etc/secret/a"));
    }

    [Fact]
    public void A_link_keeps_the_old_content_over_a_rename()
    {
        var machine = Machine;
        machine.Write("/a", "old"u8, Me(), 0b110_000_000);
        machine.Link("/a", "/kept");
        machine.Write("/new", "new"u8, Me(), 0b110_000_000);
        machine.Rename("/new", "/a");
        Assert.Equal("new", Encoding.UTF8.GetString(machine.Read("/a")!));
        Assert.Equal("old", Encoding.UTF8.GetString(machine.Read("/kept")!));
        Assert.Null(machine.Read("/new"));
        var error = Assert.Throws<IOException>(() => machine.Link("/a", "/kept"));
        Assert.Contains("/kept: File exists", error.Message, StringComparison.Ordinal);
        machine.Delete("/kept");
        machine.Delete("/kept");
        Assert.Null(machine.Mode("/kept"));
    }

    [Fact]
    public void Folders_are_made_with_those_above_them_and_flushing_what_is_not_there_is_no_error()
    {
        var machine = Machine;
        machine.CreateFolder("/a/b/c", 0b111_000_000);
        machine.CreateFolder("/a/b/c");
        Assert.Equal(0b111_000_000, machine.Mode("/a/b/c"));
        machine.CreateFolder("/");
        machine.Flush("/a");
        machine.Flush("/a/nothing");
    }

    [Fact]
    public void A_program_is_run_in_the_root_with_its_output_and_its_exit_code()
    {
        Script("say", "echo out; echo err >&2; test -z \"$SECRET\" || echo leak; exit 3");
        Environment.SetEnvironmentVariable("SECRET", "x");
        var result = Machine.Run("/say", [], TimeSpan.FromSeconds(10));
        Assert.Equal((3, "out\n", "err\n"), (result.ExitCode, result.Output, result.Errors));
        Assert.Equal("exit 3: err", result.Complaint);
    }

    [Fact]
    public void A_program_that_is_not_there_is_a_result_and_no_exception()
    {
        var result = Machine.Run("/nothing", [], TimeSpan.FromSeconds(10));
        Assert.Equal(ProgramResult.NotFound, result.ExitCode);
    }

    [Fact]
    public void What_is_not_there_is_deleted_already_and_so_is_what_was_in_it()
    {
        Machine.Delete("/nothing");
        Machine.Delete("/no/folder/either");
        Assert.Null(Machine.Mode("/no"));
    }

    [Fact]
    public void A_program_that_does_not_end_is_ended()
    {
        Script("hang", "exec sleep 600");
        var result = Machine.Run("/hang", [], TimeSpan.FromMilliseconds(200));
        Assert.Equal(ProgramResult.TimedOut, result.ExitCode);
    }

    [Fact]
    public void A_program_that_leaves_a_child_with_its_output_does_not_hold_us()
    {
        Script("fork", "sleep 5 & echo started");
        var result = Machine.Run("/fork", [], TimeSpan.FromMilliseconds(300));
        Assert.Equal(ProgramResult.TimedOut, result.ExitCode);
    }

    [Fact]
    public void A_megabyte_of_output_arrives_whole()
    {
        Script("much", "head -c 1000000 /dev/zero | tr '\\0' x; head -c 100000 /dev/zero >&2");
        var result = Machine.Run("/much", [], TimeSpan.FromSeconds(20));
        Assert.Equal((1_000_000, 100_000), (result.Output.Length, result.Errors.Length));
    }

    private void Script(string name, string body)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        Executable.Make(path);
    }

    /// <summary>Owner that nobody needs to be root for.</summary>
    private static FileOwner Me() => FileOwner.Root;
}
