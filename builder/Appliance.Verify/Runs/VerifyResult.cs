namespace Appliance.Verify.Runs;

/// <summary>What came of a request.</summary>
/// <param name="AcceleratorNote">Why guests were emulated; null if they were not, or if that was asked for.</param>
public sealed record VerifyResult(
    string ImagePath,
    string? AcceleratorNote,
    IReadOnlyList<RunResult> Runs
)
{
    public bool Passed => Runs.Count > 0 && Runs.All(run => run.Passed);
}
