using System.Globalization;
using System.Text;
using Appliance.Imaging.Tree;

namespace Appliance.Build.Composition;

/// <summary>
/// Writes a tree as an mtree(5) specification with full paths, so that FreeBSD's own <c>mtree -f</c> can compare a
/// running system with what was built: kind, owner, group, mode, flags, size, digest and link target of every name.
/// </summary>
public static class MtreeSpecification
{
    /// <summary>Where the specification lies on the target. It does not list itself.</summary>
    public const string TargetPath = "/usr/local/share/appliance/image.mtree";

    public static string Write(FileTree tree)
    {
        var text = new StringBuilder("#mtree v2.0\n");
        foreach (var item in tree.Walk())
        {
            AppendName(text, item.Path);
            AppendKeywords(text, item.Node);
            text.Append('\n');
        }

        return text.ToString();
    }

    private static void AppendKeywords(StringBuilder text, TreeNode node)
    {
        var metadata = node.Metadata;
        text.Append(
            CultureInfo.InvariantCulture,
            $" type={Kind(node)} uid={metadata.Uid} gid={metadata.Gid} mode=0"
        );
        text.Append(Convert.ToString(metadata.Mode, 8));
        text.Append(" flags=").Append(FlagNames(metadata.Flags));
        switch (node)
        {
            case FileNode file:
                text.Append(CultureInfo.InvariantCulture, $" nlink={file.NameCount}");
                text.Append(CultureInfo.InvariantCulture, $" size={file.Content.Length}");
                text.Append(" sha256=")
                    .Append(Convert.ToHexStringLower(ContentDigest.Of(file.Content)));
                break;
            case SymbolicLinkNode link:
                text.Append(" link=");
                AppendEscaped(text, link.Target);
                break;
        }
    }

    private static string Kind(TreeNode node) =>
        node switch
        {
            DirectoryNode => "dir",
            FileNode => "file",
            _ => "link",
        };

    private static string FlagNames(uint flags) =>
        flags == 0 ? "none" : string.Join(',', FileFlags.Names(flags));

    private static void AppendName(StringBuilder text, string path)
    {
        text.Append('.');
        if (path.Length > 0)
        {
            text.Append('/');
            AppendEscaped(text, path);
        }
    }

    /// <summary>vis(3) with octal escapes, as mtree reads them: blanks, controls, '#', '*', '?', '[', '\\' and beyond ASCII.</summary>
    private static void AppendEscaped(StringBuilder text, string name)
    {
        if (name.All(IsPlain))
        {
            text.Append(name);
            return;
        }

        foreach (var b in Encoding.UTF8.GetBytes(name))
        {
            if (IsPlain((char)b))
            {
                text.Append((char)b);
            }
            else
            {
                text.Append('\\').Append(Convert.ToString(b, 8).PadLeft(3, '0'));
            }
        }
    }

    private static bool IsPlain(char character) =>
        character is > ' ' and < (char)127 and not ('#' or '*' or '?' or '[' or '\\');
}
