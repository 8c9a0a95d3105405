namespace Appliance.Conformance;

/// <summary>How a case of the matrix ended.</summary>
public enum CaseOutcome
{
    Passed,
    Failed,

    /// <summary>Not run; the evidence says why.</summary>
    Skipped,
}

/// <summary>One case on one session.</summary>
/// <param name="Session">"router01–lagrange".</param>
/// <param name="Id">Stable identifier, "own-prefix".</param>
/// <param name="Title">What was done and the expected result, as a sentence.</param>
/// <param name="Evidence">What was observed: a field of the router's output, the kernel's route.</param>
public sealed record CaseResult(
    string Session,
    string Id,
    string Title,
    CaseOutcome Outcome,
    string Evidence
);
