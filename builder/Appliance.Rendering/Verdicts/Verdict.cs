using System.Text.Json;
using System.Text.Json.Serialization;

namespace Appliance.Rendering.Verdicts;

/// <summary>
/// What the first-boot service says of itself: one line on the console, the whole on disk.
/// The workstation's <c>verify</c> reads the same type.
/// </summary>
public sealed record Verdict
{
    public const int CurrentSchema = 1;

    /// <summary>Stands before the JSON on the console, so that it is found among other output.</summary>
    public const string ConsoleMarker = "APPLIANCE-VERDICT ";

    /// <summary>Where the full verdict lies on the target.</summary>
    public const string TargetPath = "/var/db/appliance/verdict.json";

    public required int Schema { get; init; }

    public required string Site { get; init; }

    /// <summary>True when every check passed and personalisation did not fail.</summary>
    public required bool Ok { get; init; }

    /// <summary>What personalisation did at this boot.</summary>
    public required Personalisation Personalisation { get; init; }

    /// <summary>Number of the boot since the image was written, counted from 1.</summary>
    public required int Boot { get; init; }

    /// <summary>"BIOS" or "UEFI" (sysctl machdep.bootmethod).</summary>
    public required string BootMethod { get; init; }

    /// <summary>Checks that passed; the console line carries only this number, not the checks.</summary>
    public required int Passed { get; init; }

    public required int Failed { get; init; }

    /// <summary>Work of the service itself at this boot, milliseconds of wall clock.</summary>
    public required long Milliseconds { get; init; }

    /// <summary>Set when personalisation failed: one sentence, no secrets.</summary>
    public string? Error { get; init; }

    /// <summary>On the console only the failed ones; on disk all.</summary>
    public IReadOnlyList<Check> Checks { get; init; } = [];
}

/// <summary>What personalisation did.</summary>
public enum Personalisation
{
    /// <summary>Files were written at this boot.</summary>
    Done,

    /// <summary>An earlier boot had done it already.</summary>
    Kept,

    /// <summary>Nothing was changed; see <see cref="Verdict.Error"/>.</summary>
    Failed,
}

/// <summary>One thing that the document implies, read back from the kernel.</summary>
public sealed record Check
{
    /// <summary>Stable name, "tunnel.gif0.mtu".</summary>
    public required string Name { get; init; }

    public required bool Passed { get; init; }

    public required string Expected { get; init; }

    public required string Actual { get; init; }
}

/// <summary>Reads and writes verdicts without reflection.</summary>
public static class VerdictJson
{
    /// <summary>One line without a newline, as for the console.</summary>
    public static string WriteLine(Verdict verdict) =>
        JsonSerializer.Serialize(verdict, VerdictJsonContext.Default.Verdict);

    /// <exception cref="JsonException">Not a verdict.</exception>
    public static Verdict Read(string json) =>
        JsonSerializer.Deserialize(json, VerdictJsonContext.Default.Verdict)
        ?? throw new JsonException("the verdict is null");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(Verdict))]
internal sealed partial class VerdictJsonContext : JsonSerializerContext;
