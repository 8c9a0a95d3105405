using Appliance.Imaging.Tree;

namespace Appliance.Imaging.Fat;

/// <summary>Makes the bytes of one directory.</summary>
internal static class FatDirectory
{
    private const string Forbidden = "\"*/:<>?\\|";
    private const int MaximumNameLength = 255;

    /// <summary>What a directory points to.</summary>
    /// <param name="Name">Long name, or "." or "..".</param>
    /// <param name="Node">Directory or file.</param>
    /// <param name="Cluster">First cluster; 0 for none, and for the root as parent.</param>
    public readonly record struct Member(string Name, TreeNode Node, long Cluster);

    /// <summary>Entries that names take, "." and ".." and the label not counted.</summary>
    public static int CountEntries(IEnumerable<string> names) =>
        names.Sum(name => 1 + DirectoryEntry.LongEntries(name));

    /// <summary>Refuses names that FAT cannot tell apart or hold.</summary>
    public static void CheckNames(IReadOnlyList<string> names)
    {
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string name in names)
        {
            if (!seen.TryAdd(name, name))
            {
                throw new ImagingException(
                    $"'{name}' and '{seen[name]}' are the same name to FAT, which ignores case. Rename one."
                );
            }
            if (
                name.Length > MaximumNameLength
                || name[^1] is '.' or ' '
                || name.Any(c => c < ' ' || Forbidden.Contains(c, StringComparison.Ordinal))
            )
            {
                throw new ImagingException(
                    $"FAT cannot hold the name '{name}': no {Forbidden} or control characters, no dot or space at the end, "
                        + $"at most {MaximumNameLength} characters."
                );
            }
        }
    }

    /// <param name="members">"." and ".." first where there are any.</param>
    /// <param name="label">11 bytes for the root, otherwise empty.</param>
    /// <param name="labelTime">Time of the label.</param>
    public static byte[] Encode(
        IReadOnlyList<Member> members,
        ReadOnlySpan<byte> label,
        long labelTime
    )
    {
        int labelEntries = label.IsEmpty ? 0 : 1;
        byte[] bytes = new byte[
            (labelEntries + CountEntries(members.Select(member => member.Name)))
                * DirectoryEntry.Length
        ];
        int at = 0;
        if (!label.IsEmpty)
        {
            DirectoryEntry.EncodeShort(bytes, label, DirectoryEntry.VolumeLabel, 0, 0, labelTime);
            at += DirectoryEntry.Length;
        }
        byte[][] shortNames = ChooseShortNames(members);
        for (int i = 0; i < members.Count; i++)
        {
            Member member = members[i];
            DirectoryEntry.EncodeLong(bytes.AsSpan(at), member.Name, shortNames[i]);
            at += DirectoryEntry.LongEntries(member.Name) * DirectoryEntry.Length;
            DirectoryEntry.EncodeShort(
                bytes.AsSpan(at),
                shortNames[i],
                member.Node is DirectoryNode ? DirectoryEntry.Directory : DirectoryEntry.Archive,
                member.Cluster,
                member.Node is FileNode file ? file.Content.Length : 0,
                member.Node.Metadata.ModifiedTime
            );
            at += DirectoryEntry.Length;
        }
        return bytes;
    }

    private static byte[][] ChooseShortNames(IReadOnlyList<Member> members)
    {
        var names = new ShortNames();
        byte[][] chosen = new byte[members.Count][];
        for (int i = 0; i < chosen.Length; i++)
        {
            if (members[i].Name is "." or "..")
            {
                chosen[i] = System.Text.Encoding.ASCII.GetBytes(
                    members[i].Name.PadRight(ShortNames.Length)
                );
            }
            else if (ShortNames.IsShort(members[i].Name))
            {
                chosen[i] = names.TakeExact(members[i].Name);
            }
        }
        for (int i = 0; i < chosen.Length; i++)
        {
            chosen[i] ??= names.TakeAlias(members[i].Name);
        }
        return chosen;
    }
}
