using System.Diagnostics;
using System.Runtime.Versioning;

namespace Appliance.Files.Tests;

/// <summary>Folders of outputs: what may be there, and what is not followed.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OutputFolderTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Missing_folders_are_made()
    {
        Assert.Equal(folder["a/b/c"], OutputFolder.Create(folder["a/b/c"]));
        Assert.True(Directory.Exists(folder["a/b/c"]));
        Assert.Equal(folder["a/x/y"], OutputFolder.CreateBelow(folder["a"], "x/y"));
        Assert.Equal(folder["a"], OutputFolder.CreateBelow(folder["a"], ""));
    }

    [Fact]
    public void A_users_own_link_to_a_folder_is_followed()
    {
        Directory.CreateDirectory(folder["large"]);
        Directory.CreateSymbolicLink(folder["out"], folder["large"]);
        OutputFile.WriteText(Path.Combine(OutputFolder.Create(folder["out/images"]), "x"), "new");
        Assert.True(File.Exists(folder["large/images/x"]));
    }

    [Theory]
    [InlineData("file", "a file")]
    [InlineData("file/below", "a file")]
    [InlineData("dangling", "no folder")]
    [InlineData("dangling/below", "no folder")]
    [InlineData("file-link", "no folder")]
    [InlineData("loop", "no folder")]
    [InlineData("device-link", "no folder")]
    public void What_is_no_folder_is_named(string name, string what)
    {
        folder.Write("file", "");
        File.CreateSymbolicLink(folder["dangling"], folder["none"]);
        File.CreateSymbolicLink(folder["file-link"], folder["file"]);
        File.CreateSymbolicLink(folder["loop"], folder["loop"]);
        File.CreateSymbolicLink(folder["device-link"], "/dev/null");
        var before = folder.Names.Order().ToList();
        var exception = Assert.Throws<OutputException>(() => OutputFolder.Create(folder[name]));
        Assert.Contains(folder[name.Split('/')[0]], exception.Message, StringComparison.Ordinal);
        Assert.Contains(what, exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, folder.Names.Order());
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/dev/null/below")]
    public void A_device_is_no_folder(string path)
    {
        var exception = Assert.Throws<OutputException>(() => OutputFolder.Create(path));
        Assert.Contains("/dev/null is a device", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_below_the_named_folder_is_not_followed()
    {
        Directory.CreateDirectory(folder["foreign"]);
        Directory.CreateDirectory(folder["out"]);
        Directory.CreateSymbolicLink(folder["out/etc"], folder["foreign"]);
        Assert.Throws<OutputException>(() => OutputFolder.CreateBelow(folder["out"], "etc"));
        Assert.Throws<OutputException>(() => OutputFolder.CreateBelow(folder["out"], "etc/ssh"));
        Assert.Throws<OutputException>(() => OutputFolder.CreateBelow(folder["out"], "../foreign"));
        Assert.Empty(Directory.GetFileSystemEntries(folder["foreign"]));
    }

    [Fact]
    public void A_foreign_link_in_a_folder_that_all_may_write_is_not_followed()
    {
        Assert.SkipUnless(
            Environment.UserName == "root",
            "needs root, to make a link of another user"
        );
        Directory.CreateDirectory(folder["foreign"]);
        Directory.CreateDirectory(folder["shared"]);
        File.SetUnixFileMode(folder["shared"], (UnixFileMode)0x3FF);
        Directory.CreateSymbolicLink(folder["shared/out"], folder["foreign"]);
        OutputFolder.Create(folder["shared/out/own"]);
        using (var chown = Process.Start("chown", ["-h", "65534", folder["shared/out"]]))
        {
            chown.WaitForExit();
        }

        var exception = Assert.Throws<OutputException>(() =>
            OutputFolder.Create(folder["shared/out/own"])
        );
        Assert.Contains("another user", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_temporary_folder_is_for_its_owner_alone()
    {
        const UnixFileMode Private =
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var inside = OutputFolder.CreateTemporary("x-", folder.Path);
        var system = OutputFolder.CreateTemporary("appliance-test-");
        try
        {
            Assert.Equal(Private, File.GetUnixFileMode(inside));
            Assert.Equal(Private, File.GetUnixFileMode(system));
        }
        finally
        {
            Directory.Delete(system);
        }
    }

    [Fact]
    public void A_check_of_a_folder_leaves_nothing_in_it()
    {
        OutputFolder.CheckWritable(folder["out"]);
        Assert.Empty(Directory.GetFileSystemEntries(folder["out"]));
    }
}
