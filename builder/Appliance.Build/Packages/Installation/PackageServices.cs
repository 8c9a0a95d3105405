using System.Text;
using System.Text.RegularExpressions;
using Appliance.Build.Documents;
using Appliance.Imaging.Tree;

namespace Appliance.Build.Packages.Installation;

/// <summary>
/// Switches on the services of the packages that a profile names, by what their own rc scripts say (rc.subr(8)): the
/// variable of the switch becomes a default in rc.conf.d, so that rc.conf has the last word. What merely comes along
/// stays off, and so does FRR, whose settings follow from the site.
/// </summary>
internal static partial class PackageServices
{
    /// <summary>The origin of the files in the tree.</summary>
    public const string Origin = "services";

    private const string ScriptFolder = "/usr/local/etc/rc.d/";
    private const string SettingsFolder = "/usr/local/etc/rc.conf.d/";
    private const int LargestScript = 1 << 20;

    public static void AddTo(FileTree tree, IEnumerable<InstalledPackage> packages, long time)
    {
        foreach (var installed in packages.Where(IsSwitchedOn))
        {
            foreach (var file in installed.Manifest.Files.Where(IsScript))
            {
                if (
                    tree.Find(file.Path) is FileNode { Content.Length: <= LargestScript } script
                    && SwitchOf(Text(script.Content)) is { } found
                    && tree.Find(SettingsFolder + found.Service) is null
                )
                {
                    var text =
                        $"# {installed.Package.FullName}, which the profile names. What rc.conf says counts.\n"
                        + $": ${{{found.Variable}:=\"YES\"}}\n";
                    tree.AddFile(
                        SettingsFolder + found.Service,
                        FileContent.FromBytes(Encoding.ASCII.GetBytes(text)),
                        NodeMetadata.DefaultFile(time),
                        Origin
                    );
                }
            }
        }
    }

    /// <summary>The service of an rc script and the variable that switches it on; null where it has none, or starts only by hand.</summary>
    internal static (string Service, string Variable)? SwitchOf(string script)
    {
        var name = Name().Match(script).Groups["name"];
        var variable = Variable().Match(script).Groups["variable"].Value;
        if (!name.Success || NoStart().IsMatch(script))
        {
            return null;
        }

        // As rc.subr(8) has it: a name, or made of the service's name, also by the old function.
        variable = variable switch
        {
            "`set_rcvar`" or "$(set_rcvar)" => $"{name.Value}_enable",
            _ => variable.Replace("${name}", name.Value, StringComparison.Ordinal),
        };
        return Word().IsMatch(variable) ? (name.Value, variable) : null;
    }

    private static bool IsSwitchedOn(InstalledPackage installed) =>
        !installed.Package.IsAutomatic && !PackagedDocument.IsFrr(installed.Package.Origin);

    private static bool IsScript(Sources.Packages.Manifests.PackageFile file) =>
        file.Path.StartsWith(ScriptFolder, StringComparison.Ordinal)
        && !file.Path.AsSpan(ScriptFolder.Length).Contains('/');

    private static string Text(FileContent content)
    {
        var bytes = new byte[content.Length];
        content.Read(0, bytes);
        return Encoding.Latin1.GetString(bytes);
    }

    [GeneratedRegex(
        """^[ \t]*name=["']?(?<name>[A-Za-z_][A-Za-z0-9_]*)["']?[ \t]*(?:#.*)?$""",
        RegexOptions.Multiline
    )]
    private static partial Regex Name();

    [GeneratedRegex(
        """^[ \t]*rcvar=["']?(?<variable>[^"'\s#;]+)["']?[ \t]*(?:#.*)?$""",
        RegexOptions.Multiline
    )]
    private static partial Regex Variable();

    [GeneratedRegex(@"^#[ \t]*KEYWORD:.*\bnostart\b", RegexOptions.Multiline)]
    private static partial Regex NoStart();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Word();
}
