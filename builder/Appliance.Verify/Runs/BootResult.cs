using Appliance.Rendering.Verdicts;
using Appliance.Verify.Console;

namespace Appliance.Verify.Runs;

/// <summary>One boot of a run.</summary>
public sealed record BootResult
{
    /// <summary>Counted from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Null: none was seen, and the boot has failed.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>When each stage began; a stage that nothing announced is missing.</summary>
    public required IReadOnlyList<PhaseMark> Phases { get; init; }

    /// <summary>Why waiting ended without a verdict, or what went wrong after it; null if all went well.</summary>
    public string? Failure { get; init; }

    /// <summary>From the power button to the end of the machine; null if it did not end by itself.</summary>
    public TimeSpan? PowerOff { get; init; }
}
