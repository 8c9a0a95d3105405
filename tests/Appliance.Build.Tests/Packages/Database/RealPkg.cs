using System.Diagnostics;
using Appliance.Imaging.Tree;

namespace Appliance.Build.Tests.Packages.Database;

/// <summary>FreeBSD's pkg(8) at work on a tree that was written out, if this machine has one.</summary>
internal sealed class RealPkg : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-root-");
    private readonly string program;

    private RealPkg(string program) => this.program = program;

    /// <summary>pkg, named by APPLIANCE_PKG or found on the PATH.</summary>
    public static RealPkg OrSkip()
    {
        var program =
            Environment.GetEnvironmentVariable("APPLIANCE_PKG")
            ?? (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator)
                .Select(place => Path.Combine(place, "pkg"))
                .FirstOrDefault(File.Exists);
        Assert.SkipWhen(
            program is null,
            "FreeBSD's pkg is not installed; name it with APPLIANCE_PKG"
        );
        return new RealPkg(program!);
    }

    public string Root => Path.Combine(folder.FullName, "root");

    /// <summary>Writes names and contents; owners need root and are not what pkg checks.</summary>
    public void Write(FileTree tree)
    {
        foreach (var item in tree.Walk())
        {
            var path = Path.Combine(Root, item.Path);
            switch (item.Node)
            {
                case DirectoryNode:
                    Directory.CreateDirectory(path);
                    break;
                case SymbolicLinkNode link:
                    File.CreateSymbolicLink(path, link.Target);
                    break;
                case FileNode file:
                    var bytes = new byte[file.Content.Length];
                    file.Content.Read(0, bytes);
                    File.WriteAllBytes(path, bytes);
                    break;
            }
        }
    }

    /// <summary>Makes a repository of the sample packages, and tells pkg of it.</summary>
    public void AddRepository()
    {
        var repository = Directory.CreateDirectory(Path.Combine(folder.FullName, "repo")).FullName;
        foreach (var package in Directory.EnumerateFiles(SamplePackages.Folder, "*.pkg"))
        {
            File.Copy(package, Path.Combine(repository, Path.GetFileName(package)));
        }

        Assert.Equal("", Run("repo", "-q", repository));
        Directory.CreateDirectory(Repositories);
        File.WriteAllText(
            Path.Combine(Repositories, "mini.conf"),
            $"FreeBSD-ports: {{ url: \"file://{repository}\", signature_type: none, enabled: yes }}\n"
        );
        Assert.Equal("", Ask("update", "-q"));
    }

    /// <summary>What pkg says of the root, with its exit status when that is not 0.</summary>
    public string Ask(params string[] arguments) =>
        Run([
            "-o",
            "RUN_SCRIPTS=no",
            "-C",
            "/dev/null",
            "-R",
            Repositories,
            "-r",
            Root,
            .. arguments,
        ]);

    public void Dispose() => folder.Delete(recursive: true);

    private string Repositories => Path.Combine(folder.FullName, "repos");

    private string Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardOutput = true,
            Environment = { ["INSTALL_AS_USER"] = "yes" },
        };
        foreach (
            var argument in (string[])
                [
                    "-c",
                    "exec \"$0\" \"$@\" 2>&1",
                    program,
                    "-o",
                    "ABI=FreeBSD:15:amd64",
                    "-o",
                    "OSVERSION=1500068",
                    "-o",
                    "ASSUME_ALWAYS_YES=yes",
                    .. arguments,
                ]
        )
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : $"{output}exit status {process.ExitCode}\n";
    }
}
