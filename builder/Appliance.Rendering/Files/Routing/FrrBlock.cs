using Appliance.Rendering.Policies;

namespace Appliance.Rendering.Files.Routing;

/// <summary>
/// Lines of frr.conf that stand and fall together: those of a rule of the policy, or lines that hold rules
/// together and have no rule of their own.
/// </summary>
/// <param name="Lines">Finished lines, comments among them.</param>
internal sealed record FrrBlock(IReadOnlyList<string> Lines)
{
    public PolicyRule? Rule { get; init; }

    /// <summary>What this occurrence of the rule is about; null when it stands once in the file.</summary>
    public string? Subject { get; init; }

    /// <summary>What stands there when the rule is taken out.</summary>
    public IReadOnlyList<string> Instead { get; init; } = [];

    /// <summary>Lines without a rule.</summary>
    public static FrrBlock Text(params IEnumerable<string> lines) => new([.. lines]);

    /// <summary>A rule that stands once in the file.</summary>
    public static FrrBlock Of(PolicyRule rule, params IEnumerable<string> lines) =>
        new([.. lines]) { Rule = rule };

    /// <summary>One of several occurrences of a rule.</summary>
    public static FrrBlock About(
        PolicyRule rule,
        string subject,
        params IEnumerable<string> lines
    ) => new([.. lines]) { Rule = rule, Subject = subject };
}

/// <summary>Blocks under a title.</summary>
internal sealed record FrrSection(string Title, IReadOnlyList<FrrBlock> Blocks);
