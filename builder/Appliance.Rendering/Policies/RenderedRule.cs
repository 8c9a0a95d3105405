namespace Appliance.Rendering.Policies;

/// <summary>Where a rule stands in a rendered frr.conf.</summary>
/// <param name="Rule">Entry of the catalogue.</param>
/// <param name="Subject">
/// What this occurrence is about: the name of a neighbor, a prefix, a range of AS numbers; null when the rule
/// stands once in the file.
/// </param>
/// <param name="Lines">Its lines, as they stand in the file.</param>
/// <param name="Instead">
/// What stands there when the rule is taken out: usually nothing; a line with "no" where FRR would keep the rule
/// by itself.
/// </param>
public sealed record RenderedRule(
    PolicyRule Rule,
    string? Subject,
    IReadOnlyList<string> Lines,
    IReadOnlyList<string> Instead
)
{
    /// <summary>"own-space/v6", as findings and tests call it.</summary>
    public string Name => Subject is null ? Rule.Id : $"{Rule.Id}/{Subject}";
}
