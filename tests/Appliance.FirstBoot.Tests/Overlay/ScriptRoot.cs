using System.Diagnostics;
using Appliance.FirstBoot.Tests.Machine;
using Appliance.Rendering;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Tests.Overlay;

/// <summary>
/// A root of its own for scripts of the target, with stand-ins for the programs that they call, under a Bourne shell of
/// this machine. Stand-ins find it as $ROOT, and write what they are asked to "log" in it.
/// </summary>
public abstract class ScriptRoot : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("appliance-scripts-");

    protected ScriptRoot() =>
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a Unix with /bin/sh");

    public void Dispose()
    {
        root.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    protected string Root => root.FullName;

    /// <summary>A file that a site gets.</summary>
    protected static RenderedFile Rendered(SiteDocument site, string path) =>
        Render(site).Single(file => file.Path == path);

    protected static IReadOnlyList<RenderedFile> Render(SiteDocument site) =>
        SiteRenderer.Render(site, InterfaceNames.Predict(site));

    /// <summary>How sh(1) is to run a script of the root.</summary>
    protected ProcessStartInfo Shell(string script, params IEnumerable<string> arguments) =>
        new("/bin/sh", [At(script), .. arguments])
        {
            Environment = { ["PATH"] = $"{At("bin")}:/usr/bin:/bin", ["ROOT"] = Root },
        };

    /// <returns>The exit code.</returns>
    protected int RunToEnd(string script, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(Shell(script, arguments))!;
        process.WaitForExit();
        return process.ExitCode;
    }

    protected string[] Log() => File.Exists(At("log")) ? File.ReadAllLines(At("log")) : [];

    protected void Program(string path, string body)
    {
        Put(path, $"#!/bin/sh\n{body}\n");
        Executable.Make(At(path));
    }

    protected void Put(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), content);
    }

    protected string At(string path) => Path.Combine(Root, path);
}
