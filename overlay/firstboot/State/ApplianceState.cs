using System.Text.Json;
using System.Text.Json.Serialization;
using Appliance.Rendering.Verdicts;

namespace Appliance.FirstBoot.State;

/// <summary>What the last complete run did. It is written last: what it names is complete.</summary>
internal sealed record ApplianceState
{
    public const int CurrentSchema = 2;

    /// <summary>
    /// Where it lies on the target. The early rc.d script looks for the fingerprint in it with grep(1), so
    /// that stands on a line of its own.
    /// </summary>
    public const string TargetPath = "/var/db/appliance/state.json";

    public required int Schema { get; init; }

    /// <summary>Counts complete runs; the journal of an interrupted one has a number that no state has.</summary>
    public required int Run { get; init; }

    /// <summary>
    /// SHA-256 over what the early rc.d script can see without the service: the document of the image and the
    /// firmware's names for the machine. Absent when the next boot has to try again in any case.
    /// </summary>
    public string? Fingerprint { get; init; }

    /// <summary>SHA-256 of the document in the image, of nothing when there is none.</summary>
    public required string ImageSha256 { get; init; }

    /// <summary>SHA-256 of the document that was applied, with what metadata filled in.</summary>
    public required string DocumentSha256 { get; init; }

    /// <summary>SHA-256 of the secrets that were applied.</summary>
    public required string SecretsSha256 { get; init; }

    public required string Site { get; init; }

    /// <summary>What the provider called the machine; null when no metadata did.</summary>
    public string? InstanceId { get; init; }

    /// <summary>What the firmware called it.</summary>
    public string? Uuid { get; init; }

    /// <summary>
    /// kern.hostuuid of this machine. The early rc.d script looks for it with sed(1), so it has a line of its own.
    /// </summary>
    public string? HostUuid { get; init; }

    /// <summary>The machine is a minimal one: there was no document that could be used.</summary>
    public bool Minimal { get; init; }

    /// <summary>Root has a password, for the console.</summary>
    public bool ConsolePassword { get; init; }

    /// <summary>Interface of the document to device.</summary>
    public required IReadOnlyDictionary<string, string> Interfaces { get; init; }

    /// <summary>Where everything came from.</summary>
    public required IReadOnlyList<SourceRecord> Sources { get; init; }

    public required IReadOnlyList<MetadataFinding> Findings { get; init; }

    /// <summary>
    /// Paths that were written. What the next document does not have is taken away again: a jail or a key of the
    /// machine that was. Null in a record of an earlier version.
    /// </summary>
    public IReadOnlyList<string>? Files { get; init; }

    /// <summary>UTC; the clock may not have been right yet.</summary>
    public required DateTimeOffset Applied { get; init; }

    /// <summary>The other one is of the same machine, made of the same.</summary>
    public bool IsOf(ApplianceState other) =>
        ImageSha256 == other.ImageSha256
        && DocumentSha256 == other.DocumentSha256
        && SecretsSha256 == other.SecretsSha256
        && Minimal == other.Minimal
        && ConsolePassword == other.ConsolePassword
        && Interfaces.Count == other.Interfaces.Count
        && Interfaces.All(item => other.Interfaces.GetValueOrDefault(item.Key) == item.Value);
}

/// <summary>
/// What a run is about to write. It lies on the disk from before the first file of the run until after the last one
/// is cleared away: what an interrupted run leaves is known without searching for it.
/// </summary>
internal sealed record Journal
{
    public const string TargetPath = "/var/db/appliance/journal.json";

    /// <summary>Number of the run.</summary>
    public required int Run { get; init; }

    /// <summary>Names under which new content is prepared; some of it is secret.</summary>
    public IReadOnlyList<string> Aside { get; init; } = [];

    /// <summary>
    /// Paths that are being replaced and are a mixture as long as there are any: those that existed before, whether they get a new content or go; the old content has a second name until the
    /// state is written.
    /// </summary>
    public IReadOnlyList<string> Replaced { get; init; } = [];

    /// <summary>Those that did not exist before.</summary>
    public IReadOnlyList<string> Added { get; init; } = [];
}

/// <summary>What the early stage of this boot did, for the late stage; /var/run is emptied at boot.</summary>
internal sealed record EarlyStage
{
    public const string TargetPath = "/var/run/appliance/personalise.json";

    public required Rendering.Verdicts.Personalisation Personalisation { get; init; }

    /// <summary>One sentence, when it failed.</summary>
    public string? Error { get; init; }

    /// <summary>A minimal machine stands in.</summary>
    public bool Minimal { get; init; }

    /// <summary>What the provider called the machine that this disk was in before.</summary>
    public string? PreviousInstanceId { get; init; }

    public IReadOnlyList<SourceRecord>? Sources { get; init; }

    public IReadOnlyList<MetadataFinding>? Findings { get; init; }

    /// <summary>Work of the early stage, milliseconds of wall clock.</summary>
    public required long Milliseconds { get; init; }

    /// <summary>How much of it went into the system's own programs.</summary>
    public required long ProgramsMilliseconds { get; init; }

    /// <summary>Most memory that it had resident.</summary>
    public long PeakKibibytes { get; init; }
}

/// <summary>Secrets as they were applied. Readable by root alone.</summary>
internal sealed record StoredSecrets
{
    public const string TargetPath = "/var/db/appliance/secrets.json";

    public required IReadOnlyDictionary<string, string> Values { get; init; }

    /// <summary>Names the type only.</summary>
    public override string ToString() => nameof(StoredSecrets);
}

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(ApplianceState))]
[JsonSerializable(typeof(Journal))]
[JsonSerializable(typeof(EarlyStage))]
[JsonSerializable(typeof(StoredSecrets))]
internal sealed partial class StateJsonContext : JsonSerializerContext;
