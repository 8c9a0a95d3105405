using Appliance.Build.Composition;
using Appliance.Verify.Console;
using Appliance.Verify.Processes;
using Appliance.Verify.Qemu;

namespace Appliance.Boot.Tests;

/// <summary>FreeBSD's own programs look at the file system that we wrote, before anything has changed it.</summary>
public sealed class FileSystemTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>What stands on /dev while the system runs is not the directory that the image has.</summary>
    private const string Compare =
        $"sed '/^.\\/dev /d' {MtreeSpecification.TargetPath} | mtree -e -p /";

    /// <summary>Names of accounts whose password field is not one that nothing matches.</summary>
    private const string OpenAccounts =
        "{ grep -v '^#' /etc/master.passwd; pw usershow -a; } | awk -F: '$2 !~ /^[*]/ { print $1 }'";

    [Fact]
    public async Task Fsck_finds_nothing_and_mtree_finds_every_file_as_planned()
    {
        using var image = await TestImage.BuildAsync(
            "router01",
            changeTree: TestImage.BootSingleUser
        );
        var token = TestContext.Current.CancellationToken;
        await using var machine = await QemuMachine.StartAsync(
            Machine(image),
            new ProcessGateway(HostTools.FromEnvironment()),
            TextWriter.Null,
            TimeProvider.System,
            token
        );
        var shell = await SingleUserShell.EnterAsync(machine.Console, Limit, token);

        var fsck = await shell.RunAsync("fsck_ffs -n -f /dev/gpt/root", Limit, token);
        Assert.True(fsck.ExitStatus == 0, fsck.Output);
        Assert.Contains("Phase 5 - Check Cyl groups", fsck.Output, StringComparison.Ordinal);
        foreach (var complaint in new[] { "FIX?", "SALVAGE?", "WRONG", "BAD", "MISSING", "UNREF" })
        {
            Assert.DoesNotContain(complaint, fsck.Output, StringComparison.OrdinalIgnoreCase);
        }

        var same = await shell.RunAsync(Compare, Limit, token);
        Assert.True(same.ExitStatus == 0, same.Output);

        // Text and databases alike, before the first-boot service has run.
        var open = await shell.RunAsync(OpenAccounts, Limit, token);
        Assert.Equal("", open.Output.Trim());

        // The same programs find what is wrong once something is.
        await shell.RunAsync("mount -uw / && chmod 0777 /bin/sh && rm /bin/ls", Limit, token);
        var changed = await shell.RunAsync(Compare, Limit, token);
        Assert.NotEqual(0, changed.ExitStatus);
        Assert.Contains("bin/sh", changed.Output, StringComparison.Ordinal);
        Assert.Contains("bin/ls", changed.Output, StringComparison.Ordinal);
    }

    private static MachineDescription Machine(TestImage image) =>
        new()
        {
            Name = "file-system-test",
            Memory = 1024,
            Disks = [new DiskDescription(image.Path, "raw", Snapshot: true)],
        };
}
