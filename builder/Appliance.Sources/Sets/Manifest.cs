using System.Globalization;
using System.Text;

namespace Appliance.Sources.Sets;

/// <summary>One line of a MANIFEST.</summary>
/// <param name="FileName">The file, e.g. <c>base.txz</c>.</param>
/// <param name="Sha256">Its digest: 64 lowercase hexadecimal digits.</param>
/// <param name="FileCount">How many entries it has.</param>
/// <param name="Description">What it is, in words.</param>
public sealed record ManifestEntry(
    string FileName,
    string Sha256,
    long FileCount,
    string Description
)
{
    /// <summary>The name of the set, e.g. <c>base</c>.</summary>
    public string Name => FileName[..^SetNames.Extension.Length];
}

/// <summary>
/// The MANIFEST of a release: one line per set with six fields between tabs: file, SHA-256, number of files, short name,
/// description in quotes, on or off. Source: release/scripts/make-manifest.sh of FreeBSD's source tree.
/// </summary>
/// <param name="Entries">The lines in their order.</param>
public sealed record Manifest(IReadOnlyList<ManifestEntry> Entries)
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "MANIFEST";

    /// <summary>The largest file that is taken for a MANIFEST, in bytes; a real one has a few hundred.</summary>
    public const int MaximumBytes = 64 * 1024;

    private const int Fields = 6;

    /// <summary>The line of this set, or null.</summary>
    public ManifestEntry? Find(string name) => Entries.FirstOrDefault(entry => entry.Name == name);

    /// <summary>Reads a MANIFEST; <paramref name="origin"/> names it in messages.</summary>
    /// <exception cref="SourceException">It is none.</exception>
    public static Manifest Parse(ReadOnlySpan<byte> bytes, string origin)
    {
        if (bytes.Length > MaximumBytes)
        {
            throw Malformed(origin, $"{bytes.Length} bytes are too many for a MANIFEST");
        }

        if (bytes.TrimStart(" \t\r\n"u8) is [(byte)'<', ..])
        {
            throw Malformed(origin, "it is a web page: a captive portal, a proxy or a wrong URL");
        }

        var entries = new List<ManifestEntry>();
        var number = 0;
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n'))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                entries.Add(ParseLine(line.TrimEnd('\r'), $"{origin}:{number}"));
            }
        }

        if (
            entries.GroupBy(entry => entry.FileName).FirstOrDefault(group => group.Count() > 1) is
            { } twice
        )
        {
            throw Malformed(origin, $"{twice.Key} is there twice");
        }

        return entries.Count > 0 ? new Manifest(entries) : throw Malformed(origin, "it is empty");
    }

    private static ManifestEntry ParseLine(string line, string origin)
    {
        var fields = line.Split('\t');
        if (fields.Length != Fields)
        {
            throw Malformed(
                origin,
                $"a line has {fields.Length} fields between tabs instead of {Fields}"
            );
        }

        var file = fields[0];
        if (
            !file.EndsWith(SetNames.Extension, StringComparison.Ordinal)
            || !SetNames.IsSet(file[..^SetNames.Extension.Length])
        )
        {
            throw Malformed(origin, $"\"{file}\" is no name of a set");
        }

        if (!SetNames.IsSha256(fields[1]))
        {
            throw Malformed(origin, $"the digest of {file} is not 64 lowercase hexadecimal digits");
        }

        return long.TryParse(
            fields[2],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var count
        )
            ? new ManifestEntry(file, fields[1], count, fields[4].Trim('"'))
            : throw Malformed(origin, $"the number of files of {file} is \"{fields[2]}\"");
    }

    private static SourceException Malformed(string origin, string what) =>
        new(
            SourceFailure.Malformed,
            $"{origin}: {what}. Remove the file to have it downloaded again, or bring the one of the release"
        );
}
