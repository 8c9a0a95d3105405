using System.Text.Json;
using System.Text.Json.Serialization;

namespace Appliance.FirstBoot.State;

/// <summary>What the last successful personalisation did. It is written last: what it names is complete.</summary>
internal sealed record ApplianceState
{
    public const int CurrentSchema = 1;

    /// <summary>
    /// Where it lies on the target. The early rc.d script looks for the digest in it with grep(1), so the
    /// digest stands on a line of its own.
    /// </summary>
    public const string TargetPath = "/var/db/appliance/state.json";

    public required int Schema { get; init; }

    /// <summary>SHA-256 of the site document, lower-case hexadecimal.</summary>
    public required string DocumentSha256 { get; init; }

    public required string Site { get; init; }

    /// <summary>Interface of the document to device.</summary>
    public required IReadOnlyDictionary<string, string> Interfaces { get; init; }

    /// <summary>UTC; the clock may not have been right yet.</summary>
    public required DateTimeOffset Applied { get; init; }
}

/// <summary>Paths that are being replaced: while this lies on the disk, they are a mixture.</summary>
internal sealed record Journal
{
    public const string TargetPath = "/var/db/appliance/journal.json";

    /// <summary>Files that existed before; the old content has a second name until the state is written.</summary>
    public required IReadOnlyList<string> Replaced { get; init; }

    /// <summary>Files that did not exist before.</summary>
    public required IReadOnlyList<string> Added { get; init; }
}

/// <summary>What the early stage of this boot did, for the late stage; /var/run is emptied at boot.</summary>
internal sealed record EarlyStage
{
    public const string TargetPath = "/var/run/appliance/personalise.json";

    public required Rendering.Verdicts.Personalisation Personalisation { get; init; }

    /// <summary>One sentence, when it failed.</summary>
    public string? Error { get; init; }

    /// <summary>Work of the early stage, milliseconds of wall clock.</summary>
    public required long Milliseconds { get; init; }

    /// <summary>How much of it went into the system's own programs.</summary>
    public required long ProgramsMilliseconds { get; init; }
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
internal sealed partial class StateJsonContext : JsonSerializerContext;
