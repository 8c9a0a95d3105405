using System.Text.Json;

namespace Appliance.Model.Releases;

/// <summary>
/// The releases of FreeBSD as known on one day: digests of their sets, ends of life, patch levels. It is one file,
/// profiles/releases.json, and nothing else names a release.
/// </summary>
public sealed record ReleaseData
{
    private const string Resource = "releases.json";

    private static readonly Lazy<ReleaseData> Embedded = new(ReadEmbedded);

    /// <summary>The data of this version of the program.</summary>
    public static ReleaseData Current => Embedded.Value;

    /// <summary>The day on which the sources were read.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Where the data comes from.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>The releases, oldest first.</summary>
    public required IReadOnlyList<FreeBsdRelease> Releases { get; init; }

    /// <summary>
    /// The newest release that was supported on <see cref="Date"/>: the release of a profile that names none. It follows
    /// from the file and not from a clock, so that the same inputs make the same image.
    /// </summary>
    public FreeBsdRelease NewestSupported =>
        Releases.LastOrDefault(release => release.IsSupportedOn(Date)) ?? Releases[^1];

    /// <summary>The release of this name; null where the file does not have it.</summary>
    public FreeBsdRelease? Find(string name) =>
        Releases.FirstOrDefault(release => release.Name == name);

    private static ReleaseData ReadEmbedded()
    {
        using var stream =
            typeof(ReleaseData).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not embedded");
        return JsonSerializer.Deserialize(stream, ReleaseDataJsonContext.Default.ReleaseData)
            ?? throw new InvalidOperationException($"{Resource} is empty");
    }
}
