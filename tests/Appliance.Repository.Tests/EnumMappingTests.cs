using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Appliance.Repository.Tests;

/// <summary>
/// No mapping of an enum has a default: a member that somebody adds must be decided about wherever it matters, and never
/// become the most permissive choice by itself.
/// </summary>
public class EnumMappingTests
{
    [Fact]
    public void Switches_over_enums_have_no_default_but_an_exception()
    {
        var enums = EnumNames(ProductionSources.Nodes<EnumDeclarationSyntax>());
        Assert.Contains("ImportMode", enums);
        var defaults = ProductionSources.Roots.SelectMany(root => Defaults(root, enums)).ToList();
        Assert.True(defaults.Count == 0, string.Join('\n', defaults));
    }

    [Theory]
    [InlineData("role switch { Role.Peer => 1, _ => 2 }", 1)]
    [InlineData("role switch { Role.Peer or Role.Transit => 1, var other => 2 }", 1)]
    [InlineData("(role, x) switch { (Role.Peer, null) => 1, _ => 2 }", 1)]
    [InlineData("x switch { { Role: Role.Peer } => 1, _ => 2 }", 1)]
    [InlineData("role switch { Role.Peer => 1, _ => throw new Exception() }", 0)]
    [InlineData("role switch { Role.Peer => 1, Role.Transit => 2 }", 0)]
    [InlineData("text switch { \"peer\" => Role.Peer, _ => null }", 0)]
    public void A_default_of_a_switch_expression_is_noticed(string expression, int expected)
    {
        var root = ProductionSources.Parse(
            $"enum Role {{ Peer, Transit }} class A {{ object M() => {expression}; }}"
        );
        var enums = EnumNames(root.DescendantNodes().OfType<EnumDeclarationSyntax>());
        Assert.Equal(expected, Defaults(root, enums).Count());
    }

    [Theory]
    [InlineData("case Role.Peer: return 1; default: return 2;", 1)]
    [InlineData("case Role.Peer: return 1; default: throw new Exception();", 0)]
    public void A_default_of_a_switch_statement_is_noticed(string sections, int expected)
    {
        var root = ProductionSources.Parse(
            $"enum Role {{ Peer, Transit }} class A {{ object M() {{ switch (role) {{ {sections} }} }} }}"
        );
        var enums = EnumNames(root.DescendantNodes().OfType<EnumDeclarationSyntax>());
        Assert.Equal(expected, Defaults(root, enums).Count());
    }

    private static HashSet<string> EnumNames(IEnumerable<EnumDeclarationSyntax> enums) =>
        [.. enums.Select(item => item.Identifier.Text)];

    private static IEnumerable<string> Defaults(SyntaxNode root, HashSet<string> enums) =>
        root.DescendantNodes()
            .OfType<SwitchExpressionSyntax>()
            .Where(item => item.Arms.Any(arm => NamesMember(arm.Pattern, enums)))
            .SelectMany(item => item.Arms)
            .Where(arm => IsDefault(arm) && arm.Expression is not ThrowExpressionSyntax)
            .Cast<SyntaxNode>()
            .Concat(
                root.DescendantNodes()
                    .OfType<SwitchStatementSyntax>()
                    .Where(item =>
                        item.Sections.SelectMany(section => section.Labels)
                            .Any(label => NamesMember(label, enums))
                    )
                    .SelectMany(item => item.Sections)
                    .Where(section =>
                        section.Labels.Any(label => label is DefaultSwitchLabelSyntax)
                        && section.Statements[0] is not ThrowStatementSyntax
                    )
            )
            .Select(node => $"{ProductionSources.Place(node)}: {node.ToString().Split('\n')[0]}");

    private static bool IsDefault(SwitchExpressionArmSyntax arm) =>
        arm is { Pattern: DiscardPatternSyntax or VarPatternSyntax, WhenClause: null };

    private static bool NamesMember(SyntaxNode pattern, HashSet<string> enums) =>
        pattern
            .DescendantNodesAndSelf()
            .OfType<MemberAccessExpressionSyntax>()
            .Any(access => enums.Contains(access.Expression.ToString().Split('.')[^1]));
}
