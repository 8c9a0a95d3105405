using System.Text;
using Appliance.Sources.Archives;
using Appliance.Sources.Archives.Tar;

namespace Appliance.Sources.Store;

/// <summary>
/// What the names of a layer have to keep to: they stay inside the root, none is there twice, none lies behind a link or
/// a file, and a hard link names an earlier file. An archive that breaks a rule was made to do harm, or is no set.
/// </summary>
internal sealed class EntryRules
{
    private readonly Dictionary<string, TarEntry?> names = new(StringComparer.Ordinal);
    private string knownParent = "";

    /// <summary>
    /// The entry with its path and, for a hard link, its target normalised; null for a directory that was there before
    /// exactly like this.
    /// </summary>
    /// <exception cref="ArchiveException">It breaks a rule.</exception>
    public TarEntry? Accept(TarEntry entry)
    {
        try
        {
            var normalised = entry with { Path = Normalise(entry.Path, "its path") };
            CheckParents(normalised.Path);
            normalised = CheckLink(normalised);
            return Remember(normalised) ? normalised : null;
        }
        catch (ArchiveException exception)
        {
            throw new ArchiveException($"{entry.Path}: {exception.Message}", exception);
        }
    }

    private bool Remember(TarEntry entry)
    {
        if (names.TryAdd(entry.Path, entry))
        {
            return true;
        }

        var earlier = names[entry.Path];
        var isDirectory = entry.Kind == TarEntryKind.Directory;
        if (earlier is null && isDirectory)
        {
            names[entry.Path] = entry;
            return true;
        }

        return
            isDirectory
            && earlier! with { ModifiedNanoseconds = entry.ModifiedNanoseconds } == entry
            ? false
            : throw new ArchiveException("this name is in the archive twice");
    }

    /// <summary>Every name on the way must be a directory; one that the archive does not tell of is taken for one.</summary>
    private void CheckParents(string path)
    {
        var slash = path.LastIndexOf('/');
        if (slash < 0 || path.AsSpan(0, slash).SequenceEqual(knownParent))
        {
            return;
        }

        for (var end = path.IndexOf('/'); end >= 0; end = path.IndexOf('/', end + 1))
        {
            var parent = path[..end];
            if (
                !names.TryAdd(parent, null) && names[parent] is { Kind: not TarEntryKind.Directory }
            )
            {
                throw new ArchiveException(
                    $"its path leads through {parent}, which is no directory"
                );
            }
        }

        knownParent = path[..slash];
    }

    private TarEntry CheckLink(TarEntry entry)
    {
        if (entry.Kind == TarEntryKind.SymbolicLink)
        {
            var bytes = Encoding.UTF8.GetByteCount(entry.LinkTarget);
            return bytes is > 0 and <= TarLimits.PathBytes && !entry.LinkTarget.Contains('\0')
                ? entry
                : throw new ArchiveException($"its link target of {bytes} bytes is no path");
        }

        if (entry.Kind != TarEntryKind.HardLink)
        {
            return entry;
        }

        var target = Normalise(entry.LinkTarget, "its link target");
        return names.GetValueOrDefault(target) switch
        {
            { Kind: TarEntryKind.File } => entry with { LinkTarget = target },
            { Kind: TarEntryKind.HardLink } first => entry with { LinkTarget = first.LinkTarget },
            _ => throw new ArchiveException(
                $"it is a hard link to {target}, which is no earlier file of the archive"
            ),
        };
    }

    private static string Normalise(string path, string what)
    {
        if (path.StartsWith('/'))
        {
            throw new ArchiveException($"{what} is absolute");
        }

        if (path.Contains('\0') || path.Length == 0)
        {
            throw new ArchiveException($"{what} is empty or holds a zero byte");
        }

        if (Encoding.UTF8.GetByteCount(path) > TarLimits.PathBytes)
        {
            throw new ArchiveException($"{what} is longer than {TarLimits.PathBytes} bytes");
        }

        var parts = path.Split('/').Where(part => part is not ("" or ".")).ToArray();
        foreach (var part in parts)
        {
            CheckPart(part, what);
        }

        return parts.Length == 0 ? "." : string.Join('/', parts);
    }

    private static void CheckPart(string part, string what)
    {
        if (part == "..")
        {
            throw new ArchiveException($"{what} leads upwards (..)");
        }

        if (Encoding.UTF8.GetByteCount(part) > TarLimits.NameBytes)
        {
            throw new ArchiveException(
                $"{what} has a name of more than {TarLimits.NameBytes} bytes"
            );
        }
    }
}
