namespace Appliance.Rendering.Policies;

/// <summary>One rule of the routing policy, whatever it looks like in a file.</summary>
/// <param name="Id">Name that never changes, "own-space".</param>
/// <param name="Stops">What would go wrong without it, as a sentence.</param>
/// <param name="Behind">
/// Ids of rules that stop the same thing first. To see this one at work, take them out as well.
/// </param>
public sealed record PolicyRule(string Id, string Stops, IReadOnlyList<string> Behind)
{
    /// <summary>True when another rule stops the same thing before this one has to.</summary>
    public bool IsSecondLine => Behind.Count > 0;
}
