using System.Globalization;
using System.Text;
using Appliance.Sources.Archives;

namespace Appliance.Sources.Tests.Packages.Support;

/// <summary>Takes archives of repositories apart.</summary>
public static class RepositoryArchives
{
    private const int Block = 512;

    public static byte[] Unpack(string path)
    {
        using var file = File.OpenHandle(path);
        using var content = Compression.Open(file, 1 << 24);
        using var unpacked = new MemoryStream();
        content.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    /// <summary>The archive with only those members, each with its header as it was; for short names without extensions.</summary>
    public static byte[] Keep(byte[] tar, Func<string, bool> isKept)
    {
        using var kept = new MemoryStream();
        for (var offset = 0; tar[offset] != 0; )
        {
            var header = tar.AsSpan(offset, Block);
            var name = Encoding.ASCII.GetString(header[..100]).TrimEnd('\0');
            var size = int.Parse(
                Convert
                    .ToInt64(Encoding.ASCII.GetString(header.Slice(124, 11)).Trim('\0', ' '), 8)
                    .ToString(CultureInfo.InvariantCulture),
                CultureInfo.InvariantCulture
            );
            var length = Block + ((size + Block - 1) / Block * Block);
            if (isKept(name))
            {
                kept.Write(tar, offset, length);
            }

            offset += length;
        }

        kept.Write(new byte[2 * Block]);
        return kept.ToArray();
    }
}
