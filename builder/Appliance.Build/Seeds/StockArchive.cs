using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Appliance.Rendering;

namespace Appliance.Build.Seeds;

/// <summary>Rendered files as a gzip-compressed tar archive, which tar(1) of FreeBSD's base unpacks with names of owners.</summary>
internal static class StockArchive
{
    private const string MessagePath = "/etc/motd.template";
    private const string FrrFolder = "/usr/local/etc/frr/";

    /// <summary>The same files give the same bytes.</summary>
    public static byte[] Create(IEnumerable<RenderedFile> files)
    {
        using var archive = new MemoryStream();
        using (var gzip = new GZipStream(archive, CompressionLevel.SmallestSize, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            foreach (var file in files)
            {
                if (file.FolderMode is { } mode)
                {
                    var folder = file.Path[..file.Path.LastIndexOf('/')];
                    tar.WriteEntry(Entry(TarEntryType.Directory, folder + "/", mode, file));
                }

                var entry = Entry(TarEntryType.RegularFile, file.Path, file.Mode, file);
                using var content = new MemoryStream(Encoding.UTF8.GetBytes(WithoutComments(file)));
                entry.DataStream = content;
                tar.WriteEntry(entry);
            }
        }

        return archive.ToArray();
    }

    /// <summary>Comments are a third of what is left after compression. What people read on the machine has none.</summary>
    private static string WithoutComments(RenderedFile file) =>
        file.Path == MessagePath
            ? file.Content
            : string.Concat(
                file.Content.TrimEnd('\n')
                    .Split('\n')
                    .Where(line => !IsComment(file, line))
                    .Select(line => line + "\n")
            );

    private static bool IsComment(RenderedFile file, string line)
    {
        var text = line.AsSpan().TrimStart();
        return text.StartsWith("#") && !text.StartsWith("#!")
            || text.StartsWith("!") && file.Path.StartsWith(FrrFolder, StringComparison.Ordinal);
    }

    /// <summary>Relative to the root; an owner that the machine does not know leaves the file root's.</summary>
    private static UstarTarEntry Entry(
        TarEntryType type,
        string path,
        int mode,
        RenderedFile file
    ) =>
        new(type, path[1..])
        {
            Mode = (UnixFileMode)mode,
            ModificationTime = DateTimeOffset.UnixEpoch,
            UserName = file.Owner,
            GroupName = file.Group,
        };
}
