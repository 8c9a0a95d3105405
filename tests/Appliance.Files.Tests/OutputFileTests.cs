using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace Appliance.Files.Tests;

/// <summary>Outputs appear whole or not at all, and never through a link or onto a device.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OutputFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TestFolder folder = new();

    /// <summary>Every way to write a file.</summary>
    public static TheoryData<string> Ways =>
        ["write", "secret", "pending", "produce", "copy", "publish"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_symbolic_link_at_the_target_is_replaced_and_its_file_stays(string way)
    {
        var victim = folder.Write("victim", "precious");
        File.CreateSymbolicLink(folder["out"], victim);
        await WriteAsync(way, folder["out"]);
        Assert.Equal("precious", File.ReadAllText(victim));
        Assert.Null(new FileInfo(folder["out"]).LinkTarget);
        Assert.Equal("new", File.ReadAllText(folder["out"]));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_dangling_link_at_the_target_makes_no_file_where_it_leads(string way)
    {
        File.CreateSymbolicLink(folder["out"], folder["elsewhere"]);
        await WriteAsync(way, folder["out"]);
        Assert.False(File.Exists(folder["elsewhere"]));
        Assert.Equal("new", File.ReadAllText(folder["out"]));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_link_at_the_name_plus_part_is_not_followed(string way)
    {
        var victim = folder.Write("victim", "precious");
        File.CreateSymbolicLink(folder["out.part"], victim);
        await WriteAsync(way, folder["out"]);
        Assert.Equal("precious", File.ReadAllText(victim));
        Assert.Equal("new", File.ReadAllText(folder["out"]));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_folder_a_device_a_FIFO_and_a_socket_are_refused_and_nothing_is_left(
        string way
    )
    {
        Directory.CreateDirectory(folder["folder"]);
        Directory.CreateSymbolicLink(folder["folder-link"], folder["folder"]);
        File.CreateSymbolicLink(folder["device-link"], "/dev/null");
        Run("mkfifo", folder["fifo"]);
        using var socket = new Socket(
            AddressFamily.Unix,
            SocketType.Stream,
            ProtocolType.Unspecified
        );
        socket.Bind(new UnixDomainSocketEndPoint(folder["socket"]));
        folder.Write("source", "new");
        var before = folder.Names.Order().ToList();
        foreach (var name in new[] { "folder", "folder-link", "device-link", "fifo", "socket" })
        {
            var exception = await Assert.ThrowsAsync<OutputException>(() =>
                WriteAsync(way, folder[name])
            );
            Assert.Contains(folder[name], exception.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<OutputException>(() => WriteAsync(way, "/dev/null"));
        await Assert.ThrowsAsync<OutputException>(() => WriteAsync(way, "/dev/stdout"));
        Assert.Equal(before, folder.Names.Order());
    }

    [Fact]
    public void A_secret_is_for_its_owner_from_the_first_byte_whatever_was_there()
    {
        folder.Write("out", "old");
        File.SetUnixFileMode(folder["out"], OwnerOnly | UnixFileMode.OtherRead);
        using (var pending = PendingOutput.Create(folder["out"], OutputMode.Secret))
        {
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(Aside()));
            pending.Publish();
        }

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(folder["out"]));
    }

    [Fact]
    public void A_script_can_be_run_by_its_owner_alone()
    {
        OutputFile.WriteText(folder["out"], "#!/bin/sh\n", OutputMode.Script);
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(folder["out"]));
    }

    [Fact]
    public async Task A_failure_leaves_the_old_file_and_nothing_else()
    {
        folder.Write("out", "old");
        using (PendingOutput.Create(folder["out"]))
        {
            Assert.Single(Directory.GetFiles(folder.Path, "out.*.part"));
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            OutputFile.ProduceAsync(
                folder["out"],
                aside =>
                {
                    File.WriteAllText(aside, "half");
                    throw new InvalidOperationException();
                }
            )
        );
        await Assert.ThrowsAsync<FileNotFoundException>(() =>
            OutputFile.ProduceAsync(folder["out"], _ => Task.CompletedTask)
        );
        Assert.Throws<FileNotFoundException>(() => OutputFile.Copy(folder["none"], folder["out"]));
        Assert.Equal(["out"], folder.Names);
        Assert.Equal("old", File.ReadAllText(folder["out"]));
    }

    [Fact]
    public void A_name_that_cannot_be_taken_leaves_nothing()
    {
        using var pending = PendingOutput.Create(folder["out"]);
        Directory.CreateDirectory(folder["out"]);
        Assert.Throws<OutputException>(pending.Publish);
        pending.Dispose();
        Assert.Equal(["out"], folder.Names);
    }

    [Fact]
    public void Two_writers_of_one_file_do_not_meet()
    {
        using var first = PendingOutput.Create(folder["out"]);
        using var second = PendingOutput.Create(folder["out"]);
        RandomAccess.Write(first.Handle, "first"u8, 0);
        RandomAccess.Write(second.Handle, "second"u8, 0);
        second.Publish();
        first.Publish();
        Assert.Equal("first", File.ReadAllText(folder["out"]));
        Assert.Equal(["out"], folder.Names);
    }

    [Fact]
    public void What_a_killed_run_left_is_removed_and_nothing_that_only_looks_like_it()
    {
        var old = DateTime.UtcNow.AddHours(-1);
        string[] kept =
        [
            "out.0123456789abcdef.part.txt",
            "out.part",
            "out.0123.part",
            "other.0123456789abcdef.part",
            "out.0123456789ABCDEF.part",
        ];
        foreach (var name in kept.Append("out.00000000000000aa.part"))
        {
            File.SetLastWriteTimeUtc(folder.Write(name, ""), old);
        }

        folder.Write("out.00000000000000bb.part", "young");
        var open = folder.Write("out.00000000000000cc.part", "");
        using var writer = new FileStream(open, FileMode.Open, FileAccess.Write, FileShare.None);
        File.SetLastWriteTimeUtc(open, old);
        File.CreateSymbolicLink(folder["out.00000000000000dd.part"], folder["out.part"]);

        OutputFile.WriteText(folder["out"], "new");

        string[] expected =
        [
            .. kept,
            "out",
            "out.00000000000000bb.part",
            "out.00000000000000cc.part",
            "out.00000000000000dd.part",
        ];
        Assert.Equal(expected.Order(), folder.Names.Order());
    }

    [Fact]
    public void A_lock_and_a_log_are_not_opened_through_a_link()
    {
        var victim = folder.Write("victim", "precious");
        File.CreateSymbolicLink(folder["link"], victim);
        Assert.Throws<OutputException>(() => OutputFile.OpenInPlace(folder["link"]));
        Assert.Throws<OutputException>(() => OutputFile.AppendLog(folder["link"]));
        Assert.Throws<IOException>(() => OutputFile.CreateNew(folder["link"]));
        Assert.Throws<OutputException>(() => OutputFile.AppendLog("/dev/null"));
        Assert.Equal("precious", File.ReadAllText(victim));
    }

    [Fact]
    public void A_log_goes_on_behind_what_is_there()
    {
        foreach (var line in new[] { "one", "two" })
        {
            using var log = OutputFile.AppendLog(folder["log"]);
            log.Write(line + "\n");
        }

        Assert.Equal("one\ntwo\n", File.ReadAllText(folder["log"]));
    }

    private string Aside() => Directory.GetFiles(folder.Path, "out.*.part").Single();

    private async Task WriteAsync(string way, string path)
    {
        var source = folder.Write("source", "new");
        switch (way)
        {
            case "write":
                OutputFile.WriteText(path, "new");
                break;
            case "secret":
                OutputFile.Write(path, "new"u8, OutputMode.Secret);
                break;
            case "pending":
                using (var pending = PendingOutput.Create(path))
                {
                    RandomAccess.Write(pending.Handle, "new"u8, 0);
                    pending.Publish();
                }

                break;
            case "produce":
                await OutputFile.ProduceAsync(
                    path,
                    aside =>
                        File.WriteAllTextAsync(aside, "new", TestContext.Current.CancellationToken)
                );
                break;
            case "copy":
                OutputFile.Copy(source, path);
                break;
            default:
                OutputFile.Publish(source, path);
                break;
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
