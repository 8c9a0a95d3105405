using System.Text.RegularExpressions;
using Appliance.Rendering.Policies;

namespace Appliance.Conformance.Tests.Mutation;

/// <summary>The cases that fail when a rule of the policy is missing.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Group">Rules of a group are removed together, because each has its own cases.</param>
/// <param name="Cases">Ids of the cases that fail, as patterns; "{0}" and "{1}" are the ends of an entry's range.</param>
internal sealed record Witness(PolicyRule Rule, string Group, params IReadOnlyList<string> Cases)
{
    /// <summary>Rules that reject the same routes first and are removed beforehand.</summary>
    public IReadOnlyList<PolicyRule> Behind { get; init; } = [];

    /// <summary>Whether a case depends on this occurrence of the rule.</summary>
    public bool Explains(RenderedRule rule, string session, string id)
    {
        var subject = rule.Subject ?? "";
        var ends = subject.Split('-');
        return OfSession(subject, session)
            && Cases.Any(pattern =>
                Regex.IsMatch(
                    id,
                    "^"
                        + pattern
                            .Replace("{subject}", Regex.Escape(subject), StringComparison.Ordinal)
                            .Replace("{0}", ends[0], StringComparison.Ordinal)
                            .Replace("{1}", ends[^1], StringComparison.Ordinal)
                        + "$"
                )
            );
    }

    /// <summary>"carrier of customers" is about carrier; an entry of a list or a family is about all sessions.</summary>
    private bool OfSession(string subject, string session) =>
        !IsOfNeighbor || session.EndsWith($"–{Neighbor(subject)}", StringComparison.Ordinal);

    /// <summary>The rule belongs to a neighbor, not to a list.</summary>
    public bool IsOfNeighbor { get; init; } = true;

    public static string Neighbor(string subject) => subject.Split(' ', ',')[0];
}
