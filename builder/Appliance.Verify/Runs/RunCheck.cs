namespace Appliance.Verify.Runs;

/// <summary>One thing that was judged about a run.</summary>
/// <param name="Name">Stable name, "boot1.verdict.ok", "power-off2".</param>
/// <param name="Detail">What was expected and seen; one sentence when it failed.</param>
/// <param name="Duration">How long what it judges took; zero if that has no meaning.</param>
public sealed record RunCheck(string Name, bool Passed, string Detail, TimeSpan Duration = default);
