namespace Appliance.Build.Packages.Scripts;

/// <summary>What is known of a script.</summary>
/// <param name="Effects">What it does, as far as it was recognised, in its order.</param>
/// <param name="Unknown">The lines that were not recognised; none: the effects are all there is to the script.</param>
public sealed record ScriptReading(
    IReadOnlyList<ScriptEffect> Effects,
    IReadOnlyList<string> Unknown
)
{
    public bool IsComplete => Unknown.Count == 0;
}
