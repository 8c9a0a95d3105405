using Appliance.Rendering.Documents;
using Appliance.Rendering.Policies;

namespace Appliance.Rendering.Tests.Policies;

/// <summary>The catalogue of rules, and files without one of them.</summary>
public class PolicyRuleTests
{
    public static TheoryData<string> Edges => ["router01", "edge02", "ix03"];

    [Fact]
    public void Every_rule_has_its_own_name_and_says_what_it_stops()
    {
        var ids = PolicyRules.All.Select(rule => rule.Id).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids, id => Assert.Matches("^[a-z]+(-[a-z]+)*$", id));
        Assert.All(
            PolicyRules.All,
            rule => Assert.EndsWith(".", rule.Stops, StringComparison.Ordinal)
        );
        Assert.All(PolicyRules.All.SelectMany(rule => rule.Behind), id => Assert.Contains(id, ids));
    }

    [Fact]
    public void Every_rule_of_the_catalogue_stands_in_the_file_of_an_example()
    {
        var rendered = new[] { "router01", "edge02", "ix03" }
            .SelectMany(site => Rules(Fixture.Document(site), Passwords))
            .Select(rule => rule.Rule);
        Assert.Empty(PolicyRules.All.Except(rendered));
    }

    [Theory]
    [MemberData(nameof(Edges))]
    public void What_the_lab_renders_is_the_router_s_file(string site)
    {
        var document = Fixture.Document(site);
        Assert.Equal(
            Fixture.Render(document).Text("/usr/local/etc/frr/frr.conf"),
            FrrPolicy.Render(document, Fixture.Devices(document))
        );
    }

    [Theory]
    [MemberData(nameof(Edges))]
    public void Names_of_rules_are_unique_in_a_file(string site)
    {
        var names = Rules(Fixture.Document(site), Passwords).Select(rule => rule.Name).ToList();
        Assert.Equal(names.Distinct(), names);
    }

    [Theory]
    [MemberData(nameof(Edges))]
    public void A_file_without_a_rule_lacks_its_lines_and_nothing_else(string site)
    {
        var document = Fixture.Document(site);
        var whole = Whole(document);
        foreach (var rule in Rules(document, Passwords))
        {
            var without = Without(document, rule.Name);
            Assert.Contains(
                Enumerable.Range(0, whole.Length),
                at =>
                    whole.Skip(at).Take(rule.Lines.Count).SequenceEqual(rule.Lines)
                    && without.SequenceEqual([
                        .. whole.Take(at),
                        .. rule.Instead,
                        .. whole.Skip(at + rule.Lines.Count),
                    ])
            );
        }
    }

    [Fact]
    public void A_name_that_no_rule_has_is_refused()
    {
        var document = Fixture.Document("router01");
        Assert.Throws<ArgumentException>(() => Without(document, "own-space/v7"));
        Assert.Throws<RenderingException>(() =>
            FrrPolicy.Render(Fixture.Document("vps01"), Fixture.Devices(Fixture.Document("vps01")))
        );
    }

    [Fact]
    public void Without_a_rule_vtysh_still_reads_the_file()
    {
        var vtysh = ForeignTool.Require("vtysh");
        var document = Fixture.Document("ix03");
        document = document with { System = document.System with { FrrVersion = "8.4.4" } };
        foreach (var rule in Rules(document, Passwords).DistinctBy(rule => rule.Rule))
        {
            using var file = new TemporaryFile(string.Join('\n', Without(document, rule.Name)));
            Assert.Equal(
                new ForeignResult(0, "", ""),
                ForeignTool.Try(vtysh, "-C", "-f", file.Path)
            );
        }
    }

    /// <summary>Devices of the document have other names on the lab's machine.</summary>
    [Fact]
    public void Devices_may_have_the_lab_s_names_tunnels_too()
    {
        var document = Fixture.Document("edge02");
        var text = FrrPolicy.Render(
            document,
            new InterfaceNames(
                document
                    .Interfaces.Select(item => item.Name)
                    .Append("gre7")
                    .ToDictionary(name => name, name => $"l{name}0")
            )
        );
        Assert.Contains("\nipv6 route 2a0c:9a40:1::1/128 lgre70\n", text, StringComparison.Ordinal);
    }

    private static Secrets Passwords { get; } =
        new(
            new Dictionary<string, string>
            {
                ["ifog-md5"] = "one",
                ["faraway"] = "two",
                ["faraway-md5"] = "three",
            }
        );

    private static IReadOnlyList<RenderedRule> Rules(SiteDocument document, Secrets secrets) =>
        FrrPolicy.Rules(document, Fixture.Devices(document), secrets);

    private static string[] Whole(SiteDocument document) =>
        FrrPolicy.Render(document, Fixture.Devices(document), Passwords).Split('\n');

    private static string[] Without(SiteDocument document, string rule) =>
        FrrPolicy.RenderWithout(document, Fixture.Devices(document), Passwords, [rule]).Split('\n');
}
