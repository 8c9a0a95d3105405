namespace Appliance.Conformance;

/// <summary>How a case of the matrix ended.</summary>
public enum CaseOutcome
{
    Passed,
    Failed,

    /// <summary>It was not tried; the evidence says why.</summary>
    Skipped,
}

/// <summary>One case on one session.</summary>
/// <param name="Session">"router01–lagrange".</param>
/// <param name="Id">Short name that never changes, "own-prefix".</param>
/// <param name="Title">What was done and what is right, as a sentence.</param>
/// <param name="Evidence">What was seen: the field of a router's answer, the kernel's route.</param>
public sealed record CaseResult(
    string Session,
    string Id,
    string Title,
    CaseOutcome Outcome,
    string Evidence
);
