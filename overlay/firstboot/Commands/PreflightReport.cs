using System.Text.Json;
using System.Text.Json.Serialization;
using Appliance.Rendering.Verdicts;

namespace Appliance.FirstBoot.Commands;

/// <summary>What <c>preflight --json</c> prints.</summary>
internal sealed record PreflightReport
{
    public required bool Ok { get; init; }

    /// <summary>Commands that were given to FRR because everything passed.</summary>
    public required IReadOnlyList<string> Lifted { get; init; }

    public required IReadOnlyList<Check> Checks { get; init; }

    public string ToJson() =>
        JsonSerializer.Serialize(this, PreflightJsonContext.Default.PreflightReport);
}

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower
)]
[JsonSerializable(typeof(PreflightReport))]
internal sealed partial class PreflightJsonContext : JsonSerializerContext;
