using System.Diagnostics;

namespace Appliance.FirstBoot.Tests.Overlay;

/// <summary>pkg's functions for Lua scripts, in the Lua of this machine.</summary>
public sealed class PackageLuaTests : IDisposable
{
    private const string Lua = "/usr/bin/lua5.4";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-lua-");

    public PackageLuaTests()
    {
        Assert.SkipUnless(File.Exists(Lua), "lua5.4 is not installed");
        // GNU's stat has other options; this is the one question that is asked of FreeBSD's.
        Put(
            "stat",
            "#!/bin/sh\nx=$(stat -c '%F:%s:%u:%g' -- \"$4\") || exit 1\necho \"$x\" | sed 's/^regular file/Regular File/; s/^symbolic link/Symbolic Link/; s/^directory/Directory/'\n"
        );
        File.SetUnixFileMode(At("stat"), (UnixFileMode)0x1ED);
        Put("a", "same\n");
        Put("b", "same\n");
        Put("c", "other\n");
        File.CreateSymbolicLink(At("link"), At("a"));
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(
        "print(pkg.prefixed_path('etc/x'), pkg.prefixed_path('/etc/x'))",
        "/usr/local/etc/x\t/etc/x\n"
    )]
    [InlineData(
        "print(pkg.filecmp('a', 'b'), pkg.filecmp('a', 'c'), pkg.filecmp('a', 'z'))",
        "0\t1\t2\n"
    )]
    [InlineData(
        "print(pkg.stat('a').type, pkg.stat('a').size, pkg.stat('link').type, pkg.stat('.').type)",
        "reg\t5\tlnk\tdir\n"
    )]
    [InlineData("print(pkg.stat('z'))", "nil\n")]
    [InlineData("print(pkg.copy('a', \"it's\"), pkg.filecmp('a', \"it's\"))", "nil\t0\n")]
    [InlineData("print(pkg.copy('z', 'y'))", "-1\n")]
    [InlineData("print(pkg.symlink('a', 's'), pkg.stat('s').type)", "nil\tlnk\n")]
    [InlineData(
        "print(pkg.exec({'test', '-e', 'a'}), pkg.exec({'test', '-e', 'z'}))",
        "0\tnil\tAbnormal termination\n"
    )]
    [InlineData(
        "print(pkg.exec_capture({'sh', '-c', 'echo out; echo err >&2; exit 4'}))",
        "out\n\terr\n\t4\n"
    )]
    [InlineData("table.sort(pkg.readdir('.')); print(#pkg.readdir('.'))", "7\n")]
    [InlineData("pkg.print_msg('hello'); pkg.metalog_copy('a', 'b')", "hello\n")]
    public void A_function_does_what_pkgs_does(string script, string output) =>
        Assert.Equal(output, Run(script));

    /// <summary>What @sample of the ports tree makes, run instead of recognised.</summary>
    [Theory]
    [InlineData("c", "other\n")]
    [InlineData("z", "same\n")]
    public void A_sample_is_copied_unless_its_target_is_there(string target, string content)
    {
        Run(
            $"""
            for arg in string.gmatch("{At("a")} {At(target)}", "%S+") do
              args = args or {"{}"}
              table.insert(args, arg)
            end
            sample_file = pkg.prefixed_path(args[1])
            target_file = pkg.prefixed_path(args[2])
            if not pkg.stat(target_file) then
              pkg.copy(sample_file, target_file)
            end
            """
        );

        Assert.Equal(content, File.ReadAllText(At(target)));
    }

    private string Run(string script)
    {
        var library = File.ReadAllText(
                RepositoryRoot.Combine("overlay/rootfs/usr/local/libexec/appliance/pkg.lua")
            )
            .Replace("/usr/bin/stat", At("stat"), StringComparison.Ordinal);
        Put("pkg.lua", library);
        Put("script.lua", $"pkg_prefix = '/usr/local'\ndofile('pkg.lua')\n{script}\n");
        var start = new ProcessStartInfo(Lua, ["script.lua"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.FullName,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : output + errors.Result;
    }

    private void Put(string name, string text) => File.WriteAllText(At(name), text);

    private string At(string name) => Path.Combine(folder.FullName, name);
}
