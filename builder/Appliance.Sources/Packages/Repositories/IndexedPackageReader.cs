using System.Text;
using System.Text.Json;
using Appliance.Sources.Archives;

namespace Appliance.Sources.Packages.Repositories;

/// <summary>
/// Reads one manifest of a catalogue, only the keys that resolving wants. Texts that many packages share, such as the names
/// of libraries, are kept once.
/// </summary>
internal sealed class IndexedPackageReader
{
    private const int LongestText = 64 * 1024;
    private readonly HashSet<string> texts = new(StringComparer.Ordinal);
    private readonly List<string> list = [];
    private char[] decoded = new char[1024];

    /// <summary>
    /// The package whose object the reader stands at the start of; null where the object is not whole yet. At the end the
    /// reader stands at the end of the object.
    /// </summary>
    /// <exception cref="ArchiveException">It lacks what every package has.</exception>
    public IndexedPackage? TryRead(ref Utf8JsonReader reader)
    {
        var fields = new Fields();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return fields.ToPackage();
            }

            if (!TryReadMember(ref reader, ref fields))
            {
                return null;
            }
        }

        return null;
    }

    private bool TryReadMember(ref Utf8JsonReader reader, ref Fields fields) =>
        reader.ValueSpan switch
        {
            var key when key.SequenceEqual("name"u8) => TryText(ref reader, ref fields.Name),
            var key when key.SequenceEqual("origin"u8) => TryText(ref reader, ref fields.Origin),
            var key when key.SequenceEqual("version"u8) => TryText(ref reader, ref fields.Version),
            var key when key.SequenceEqual("abi"u8) => TryText(ref reader, ref fields.Abi),
            var key when key.SequenceEqual("arch"u8) => TryText(ref reader, ref fields.Arch),
            var key when key.SequenceEqual("sum"u8) => TryOwnText(ref reader, ref fields.Sum),
            var key when key.SequenceEqual("path"u8) => TryOwnText(ref reader, ref fields.Path),
            var key when key.SequenceEqual("repopath"u8) => TryOwnText(ref reader, ref fields.Path),
            var key when key.SequenceEqual("pkgsize"u8) => TrySize(ref reader, ref fields.Size),
            var key when key.SequenceEqual("deps"u8) => TryKeys(
                ref reader,
                ref fields.Dependencies
            ),
            var key when key.SequenceEqual("categories"u8) => TryTexts(
                ref reader,
                ref fields.Categories
            ),
            var key when key.SequenceEqual("shlibs_required"u8) => TryTexts(
                ref reader,
                ref fields.LibrariesRequired
            ),
            var key when key.SequenceEqual("shlibs_provided"u8) => TryTexts(
                ref reader,
                ref fields.LibrariesProvided
            ),
            var key when key.SequenceEqual("conflicts"u8) => TryTexts(
                ref reader,
                ref fields.Conflicts
            ),
            var key when key.SequenceEqual("provides"u8) => TryTexts(
                ref reader,
                ref fields.Provides
            ),
            var key when key.SequenceEqual("requires"u8) => TryTexts(
                ref reader,
                ref fields.Requires
            ),
            var key when key.SequenceEqual("annotations"u8) => TryAnnotations(
                ref reader,
                ref fields
            ),
            _ => reader.TrySkip(),
        };

    private bool TryText(ref Utf8JsonReader reader, ref string? field)
    {
        if (!reader.Read())
        {
            return false;
        }

        field = Text(ref reader);
        return true;
    }

    /// <summary>A text that no other package has.</summary>
    private bool TryOwnText(ref Utf8JsonReader reader, ref string? field)
    {
        if (!reader.Read())
        {
            return false;
        }

        field = Decoded(ref reader).ToString();
        return true;
    }

    private static bool TrySize(ref Utf8JsonReader reader, ref long field)
    {
        if (!reader.Read())
        {
            return false;
        }

        field =
            reader.TokenType == JsonTokenType.Number
            && reader.TryGetInt64(out var size)
            && size >= 0
                ? size
                : throw new ArchiveException("a manifest in its catalogue has no size that is one");
        return true;
    }

    private bool TryTexts(ref Utf8JsonReader reader, ref string[] field)
    {
        if (!reader.Read())
        {
            return false;
        }

        Expect(ref reader, JsonTokenType.StartArray);
        list.Clear();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndArray)
            {
                field = [.. list];
                return true;
            }

            list.Add(Text(ref reader));
        }

        return false;
    }

    /// <summary>The names of an object's members.</summary>
    private bool TryKeys(ref Utf8JsonReader reader, ref string[] field)
    {
        if (!reader.Read())
        {
            return false;
        }

        Expect(ref reader, JsonTokenType.StartObject);
        list.Clear();
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                field = [.. list];
                return true;
            }

            list.Add(Text(ref reader));
            if (!reader.TrySkip())
            {
                return false;
            }
        }

        return false;
    }

    private bool TryAnnotations(ref Utf8JsonReader reader, ref Fields fields)
    {
        if (!reader.Read())
        {
            return false;
        }

        Expect(ref reader, JsonTokenType.StartObject);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject)
            {
                return true;
            }

            var isRead =
                reader.ValueTextEquals("flavor"u8) ? TryText(ref reader, ref fields.Flavor)
                : reader.ValueTextEquals("FreeBSD_version"u8)
                    ? TryText(ref reader, ref fields.OsVersion)
                : reader.TrySkip();
            if (!isRead)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>A text that other packages have too.</summary>
    private string Text(ref Utf8JsonReader reader)
    {
        var text = Decoded(ref reader);
        var known = texts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(text, out var kept))
        {
            kept = text.ToString();
            texts.Add(kept);
        }

        return kept;
    }

    /// <summary>The text the reader stands at; valid until the next one. A number stands for what is written.</summary>
    private ReadOnlySpan<char> Decoded(ref Utf8JsonReader reader)
    {
        var span = reader.ValueSpan;
        if (span.Length > LongestText)
        {
            throw new ArchiveException(
                $"a text in its catalogue has {span.Length} bytes; {LongestText} are allowed"
            );
        }

        if (decoded.Length < span.Length)
        {
            decoded = new char[LongestText];
        }

        return reader.TokenType switch
        {
            JsonTokenType.String or JsonTokenType.PropertyName => decoded.AsSpan(
                0,
                reader.CopyString(decoded)
            ),
            JsonTokenType.Number => decoded.AsSpan(0, Encoding.ASCII.GetChars(span, decoded)),
            _ => throw new ArchiveException(
                "a manifest in its catalogue has something else for a text"
            ),
        };
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
        {
            throw new ArchiveException(
                $"a manifest in its catalogue has a {reader.TokenType} where a {type} belongs"
            );
        }
    }

    /// <summary>What was read so far.</summary>
    private struct Fields()
    {
        public string? Name = null;
        public string? Origin = null;
        public string? Version = null;
        public string? Abi = null;
        public string? Arch = null;
        public string? Sum = null;
        public string? Path = null;
        public string? Flavor = null;
        public string? OsVersion = null;
        public long Size = 0;
        public string[] Categories = [];
        public string[] Dependencies = [];
        public string[] LibrariesRequired = [];
        public string[] LibrariesProvided = [];
        public string[] Conflicts = [];
        public string[] Provides = [];
        public string[] Requires = [];

        public readonly IndexedPackage ToPackage() =>
            new()
            {
                Name = PackageNames.CheckName(Name ?? ""),
                Version = PackageNames.CheckVersion(Version ?? ""),
                Origin = Origin ?? throw Lacks("origin"),
                Abi = Abi ?? Arch ?? throw Lacks("abi"),
                Path = Path ?? throw Lacks("path"),
                Sum = Sum ?? throw Lacks("sum"),
                Size = Size > 0 ? Size : throw Lacks("pkgsize"),
                Flavor = Flavor,
                OsVersion = OsVersion,
                Categories = Categories,
                Dependencies = Dependencies,
                LibrariesRequired = LibrariesRequired,
                LibrariesProvided = LibrariesProvided,
                Conflicts = Conflicts,
                Provides = Provides,
                Requires = Requires,
            };

        private readonly ArchiveException Lacks(string key) =>
            new($"the manifest of {PackageNames.Shown(Name ?? "?")} in its catalogue has no {key}");
    }
}
