using System.Text;
using System.Text.RegularExpressions;
using Appliance.Imaging.Tree;

namespace Appliance.Build.Composition;

/// <summary>The release that a base system says it is, in freebsd-version(1).</summary>
internal static partial class SystemRelease
{
    private const string Program = "/bin/freebsd-version";
    private const int LargestScript = 64 * 1024;

    /// <exception cref="BuildException">The inputs are of another release than the plan says.</exception>
    public static void Check(FileTree tree, BaseSystem system)
    {
        if (tree.Find(Program) is not FileNode { Content: { Length: <= LargestScript } content })
        {
            return;
        }

        var bytes = new byte[content.Length];
        content.Read(0, bytes);
        var found = UserlandVersion().Match(Encoding.UTF8.GetString(bytes));
        var release = system.Version.Release;
        if (
            found.Success
            && found.Groups[1].Value != release
            && !found.Groups[1].Value.StartsWith($"{release}-p", StringComparison.Ordinal)
        )
        {
            throw new BuildException(
                BuildFailure.BadInput,
                $"the base system is {found.Groups[1].Value}, not {release}: name its release with --release"
            );
        }
    }

    [GeneratedRegex("^USERLAND_VERSION=\"([^\"]*)\"", RegexOptions.Multiline)]
    private static partial Regex UserlandVersion();
}
