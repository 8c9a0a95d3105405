using System.Text.Json;
using System.Text.Json.Serialization;
using Appliance.Sources.Files;
using Appliance.Sources.Packages.Locks;

namespace Appliance.Sources.Sets;

/// <summary>
/// Reads and writes a lock file: JSON with two blanks of indentation, sets and packages ordered by name, a newline at the end,
/// so that the same lock is always the same bytes and a change is one line in a diff.
/// </summary>
public static partial class SetsLockFile
{
    private const int FormatVersion = 1;
    private const int MaximumBytes = 16 << 20;

    /// <summary>The lock file that belongs to a profile: <c>edge.yaml</c> → <c>edge.lock.json</c> beside it.</summary>
    public static string PathFor(string profilePath)
    {
        ArgumentException.ThrowIfNullOrEmpty(profilePath);
        return Path.ChangeExtension(profilePath, ".lock.json");
    }

    /// <summary>Reads a lock file; null where there is none.</summary>
    /// <exception cref="SourceException">The file cannot be read or is no lock file.</exception>
    public static SetsLock? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        if (new FileInfo(path).Length > MaximumBytes)
        {
            throw Malformed(path, "it is larger than any lock file");
        }

        return Parse(StorageErrors.Guard(path, () => File.ReadAllBytes(path)), path);
    }

    /// <summary>Reads the bytes of a lock file; <paramref name="origin"/> names it in messages.</summary>
    /// <exception cref="SourceException">It is no lock file.</exception>
    public static SetsLock Parse(ReadOnlySpan<byte> json, string origin)
    {
        LockDocument document;
        try
        {
            document =
                JsonSerializer.Deserialize(json, LockJson.Default.LockDocument)
                ?? throw new JsonException("it holds null");
        }
        catch (JsonException exception)
        {
            throw Malformed(origin, exception.Message, exception);
        }

        Check(document, origin);
        var (packages, wrong) = document.Packages?.ToLock() ?? (null, null);
        return wrong is not null
            ? throw Malformed(origin, wrong)
            : new SetsLock(
                document.Release,
                document.Architecture,
                [
                    .. document.Sets.Select(set => new LockedSet(
                        set.Name,
                        set.File,
                        set.Size,
                        set.Sha256
                    )),
                ],
                packages
            )
            {
                AcceptedSets = document.AcceptedSets ?? false,
            };
    }

    /// <summary>The bytes of the lock file of <paramref name="pins"/>.</summary>
    public static byte[] Format(SetsLock pins)
    {
        ArgumentNullException.ThrowIfNull(pins);
        var document = new LockDocument(
            FormatVersion,
            pins.Release,
            pins.Architecture,
            [
                .. pins
                    .Sets.OrderBy(set => set.Name, StringComparer.Ordinal)
                    .Select(set => new LockDocumentSet(set.Name, set.File, set.Size, set.Sha256)),
            ],
            PackagesLockDocument.From(pins.Packages),
            pins.AcceptedSets ? true : null
        );
        return
        [
            .. JsonSerializer.SerializeToUtf8Bytes(document, LockJson.Default.LockDocument),
            (byte)'\n',
        ];
    }

    /// <summary>Writes a lock file whole or not at all.</summary>
    /// <exception cref="SourceException">It cannot be written.</exception>
    public static void Write(string path, SetsLock pins) => AtomicFile.Write(path, Format(pins));

    private static void Check(LockDocument document, string origin)
    {
        if (document.Version != FormatVersion)
        {
            throw Malformed(
                origin,
                $"its version is {document.Version}, this tool knows version {FormatVersion}"
            );
        }

        if (
            !SetNames.IsRelease(document.Release) || !SetNames.IsArchitecture(document.Architecture)
        )
        {
            throw Malformed(
                origin,
                $"\"{document.Release}\" for \"{document.Architecture}\" is no release of FreeBSD"
            );
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var set in document.Sets)
        {
            CheckSet(set, names, origin);
        }
    }

    private static void CheckSet(LockDocumentSet? set, HashSet<string> names, string origin)
    {
        if (set is null || !SetNames.IsSet(set.Name))
        {
            throw Malformed(origin, $"\"{set?.Name}\" is no name of a set");
        }

        if (set.File != set.Name + SetNames.Extension)
        {
            throw Malformed(origin, $"the file of {set.Name} is \"{set.File}\"");
        }

        if (!names.Add(set.Name))
        {
            throw Malformed(origin, $"{set.Name} is pinned twice");
        }

        if (set.Size <= 0)
        {
            throw Malformed(origin, $"the size of {set.Name} is {set.Size}");
        }

        if (!SetNames.IsSha256(set.Sha256))
        {
            throw Malformed(
                origin,
                $"the digest of {set.Name} is not 64 lowercase hexadecimal digits"
            );
        }
    }

    private static SourceException Malformed(string origin, string what, Exception? inner = null) =>
        new(
            SourceFailure.Malformed,
            $"{origin}: {what}. Repair the lock file, or remove it and write it anew with `appliance lock`",
            inner
        );

    internal sealed record LockDocument(
        [property: JsonRequired] int Version,
        [property: JsonRequired] string Release,
        [property: JsonRequired] string Architecture,
        [property: JsonRequired] IReadOnlyList<LockDocumentSet> Sets,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
            PackagesLockDocument? Packages = null,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
            bool? AcceptedSets = null
    );

    internal sealed record LockDocumentSet(
        [property: JsonRequired] string Name,
        [property: JsonRequired] string File,
        [property: JsonRequired] long Size,
        [property: JsonRequired] string Sha256
    );

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        WriteIndented = true,
        NewLine = "\n"
    )]
    [JsonSerializable(typeof(LockDocument))]
    private sealed partial class LockJson : JsonSerializerContext;
}
