using System.Globalization;
using System.Text;
using Appliance.Build.Packages.Scripts;
using Appliance.Imaging.Tree;
using Appliance.Sources.Packages.Manifests;
using Appliance.Sources.Packages.Resolution;

namespace Appliance.Build.Packages.Installation;

/// <summary>
/// Writes the scripts that the machine has to run itself into the image: one file each, ready to run as pkg runs it, in
/// the order of their names. rc.d/appliance_packages runs each once.
/// </summary>
internal static class FirstBootScripts
{
    /// <summary>Where they lie on the target.</summary>
    public const string Folder = "/usr/local/share/appliance/package-scripts";

    /// <summary>The origin of the files in the tree.</summary>
    public const string Origin = "package scripts";

    /// <summary>pkg's own functions for Lua scripts, in FreeBSD's Lua.</summary>
    private const string Lua = "/usr/libexec/flua";

    // 0444
    private const int Mode = 0b100_100_100;

    /// <exception cref="BuildException">A script needs Lua, which the image does not have.</exception>
    public static void AddTo(FileTree tree, IEnumerable<InstalledPackage> packages, long time)
    {
        var number = 0;
        foreach (var package in packages)
        {
            foreach (var script in package.Scripts.Where(IsForFirstBoot))
            {
                if (script.Language == ScriptLanguage.Lua && tree.Find(Lua) is null)
                {
                    throw Refused(package.Package, script);
                }

                foreach (var (moment, text) in Texts(package, script))
                {
                    number++;
                    var ending = script.Language == ScriptLanguage.Lua ? "lua" : "sh";
                    var name = string.Create(
                        CultureInfo.InvariantCulture,
                        $"{number:D3}-{package.Package.FullName}-{moment}.{ending}"
                    );
                    tree.AddFile(
                        $"{Folder}/{name}",
                        FileContent.FromBytes(Encoding.UTF8.GetBytes(text)),
                        new NodeMetadata(0, 0, Mode, time),
                        Origin
                    );
                }
            }
        }
    }

    private static bool IsForFirstBoot(ScriptDecision script) =>
        script.Handling == ScriptHandling.FirstBoot;

    private static IEnumerable<(string Moment, string Text)> Texts(
        InstalledPackage package,
        ScriptDecision decision
    )
    {
        var script = decision.Script;
        if (decision.Language == ScriptLanguage.Lua)
        {
            yield return (Moment(script.Kind), LuaText(package, script));
        }
        else if (script.Kind == PackageScriptKind.Install)
        {
            yield return ("install-before", ShellText(package, script, " PRE-INSTALL"));
            yield return ("install-after", ShellText(package, script, " POST-INSTALL"));
        }
        else
        {
            yield return (Moment(script.Kind), ShellText(package, script, ""));
        }
    }

    private static string Moment(PackageScriptKind kind) =>
        kind == PackageScriptKind.PreInstall ? "pre-install" : "post-install";

    /// <summary>pkg's environment, its arguments, and the script (libpkg/scripts.c).</summary>
    private static string ShellText(
        InstalledPackage package,
        PackageScript script,
        string argument
    ) =>
        $"""
            PKG_NAME={Quote(package.Package.Name)}
            PKG_PREFIX={Quote(package.Manifest.Prefix)}
            PKG_ROOTDIR=/
            export PKG_NAME PKG_PREFIX PKG_ROOTDIR
            set -- {Quote(package.Package.FullName)}{argument}

            """.Replace("\r\n", "\n", StringComparison.Ordinal)
        + script.Text
        + "\n";

    /// <summary>pkg's variables and functions, the arguments that stand in the first line, and the script (libpkg/lua_scripts.c).</summary>
    private static string LuaText(InstalledPackage package, PackageScript script) =>
        $"""
            pkg_name = {LuaQuote(package.Package.Name)}
            pkg_prefix = {LuaQuote(package.Manifest.Prefix)}
            pkg_rootdir = "/"
            pkg_upgrade = false
            arg = {"{"} {string.Join(", ", LuaReader.Arguments(script.Text).Select(LuaQuote))} {"}"}
            dofile("/usr/local/libexec/appliance/pkg.lua")

            """.Replace("\r\n", "\n", StringComparison.Ordinal)
        + script.Text
        + "\n";

    private static string Quote(string text) =>
        $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string LuaQuote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static BuildException Refused(ResolvedPackage package, ScriptDecision script) =>
        new(
            BuildFailure.BadInput,
            $"package {package.FullName}: what its {Moment(script.Script.Kind)} script does is not known (\"{script.Reading.Unknown[0]}\"), "
                + $"and the machine cannot run it at first boot, because {Lua} is not in the image"
        );
}
