using System.Text.RegularExpressions;
using Appliance.Build.Documents;
using Appliance.Model.Derived;
using Appliance.Model.Networks;
using Appliance.Model.Profiles;
using Appliance.Model.Reports;
using Appliance.Rendering;
using Appliance.Rendering.Documents;

namespace Appliance.Build.Tests.Sizes;

/// <summary>
/// What check accepts, render and first boot accept, whatever there is how many of; where FreeBSD or FRR has a limit, check
/// says so.
/// </summary>
public partial class SizeTests
{
    /// <summary>pfctl(8) reads strings of this many characters (parse.y, yylex).</summary>
    private const int LongestPfString = 8095;

    /// <summary>VTY_BUFSIZ of FRR up to 9, less a newline and the end of the string.</summary>
    private const int LongestFrrLine = 4094;

    /// <summary>What first boot reads of a medium (DiskSources), and of a document that it cannot use (YamlReader).</summary>
    private const int LargestDocument = 1 << 20;

    private static readonly int[] Sizes = [1, 2, 25, 30, 64, 200, 255, 1000];

    private static readonly Dictionary<string, Profile> Profiles = new[] { "edge", "downstream" }
        .Select(name =>
            (name, ProfileFile.Read(RepositoryRoot.Combine("profiles", $"{name}.yaml")))
        )
        .ToDictionary(item => item.name, item => item.Item2.Value!);

    /// <summary>What a machine has no room for, from which size on, and the finding.</summary>
    private static readonly Dictionary<string, (int Most, string Code)> Limits = new()
    {
        ["caches"] = (254, "NET134"),
        ["communities"] = (405, "NET135"),
        ["large communities"] = (300, "NET135"),
    };

    /// <summary>A list of rc.conf that has one word for each.</summary>
    private static readonly Dictionary<string, (string Site, string Variable, int More)> Lists =
        new()
        {
            ["prefixes"] = ("host", "ipv6_static_routes", 1),
            ["jails"] = ("host", "jail_list", 0),
            ["hosts"] = ("edge", "cloned_interfaces", 1),
            ["tunnels"] = ("edge", "cloned_interfaces", 1),
            ["edges"] = ("edge", "cloned_interfaces", 1),
        };

    public static TheoryData<string, int> Cases
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var kind in SizedNetwork.AllKinds)
            {
                foreach (var size in Sizes)
                {
                    data.Add(kind, size);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_check_accepts_is_rendered_and_read_by_first_boot(string kind, int size)
    {
        var loaded = NetworkFile.Read(SizedNetwork.Of(kind, size), "n.yaml");
        var errors = loaded.Report.Findings.Where(f => f.Severity == Severity.Error).ToList();
        if (Limits.TryGetValue(kind, out var limit) && size > limit.Most)
        {
            Assert.Equal([limit.Code], errors.Select(error => error.Code));
            return;
        }

        Assert.True(errors.Count == 0, loaded.Report.ToText());
        var network = loaded.Value!;
        foreach (var site in network.Sites)
        {
            var document = Document(network, site);
            var files = SiteRenderer.Render(document, InterfaceNames.Predict(document));
            AssertReadable(files);
            if (Lists.TryGetValue(kind, out var list) && list.Site == site.Name.Text)
            {
                Assert.Equal(size + list.More, Words(files, list.Variable));
            }
        }
    }

    /// <summary>As first boot gets it: written, and read again.</summary>
    private static SiteDocument Document(Network network, Site site)
    {
        var json = SiteDocumentJson.Write(
            SiteDocumentFactory.Create(
                network,
                Derivation.For(network, site),
                Profiles[site.Profile.Value.Text]
            )
        );
        Assert.InRange(json.Length, 1, LargestDocument);
        return SiteDocumentJson.Read(json);
    }

    private static void AssertReadable(IReadOnlyList<RenderedFile> files)
    {
        var rules = Text(files, "/etc/pf.conf");
        Assert.All(
            QuotedString().Matches(rules),
            match => Assert.InRange(match.Groups[1].Length, 0, LongestPfString)
        );
        var frr = files.FirstOrDefault(file =>
            file.Path.EndsWith("frr.conf", StringComparison.Ordinal)
        );
        Assert.All(
            frr?.Content.Split('\n') ?? [],
            line => Assert.InRange(line.Length, 0, LongestFrrLine)
        );
    }

    private static int Words(IReadOnlyList<RenderedFile> files, string variable) =>
        Regex
            .Match(Text(files, "/etc/rc.conf"), $"^{variable}=\"(.*)\"$", RegexOptions.Multiline)
            .Groups[1]
            .Value.Split(' ')
            .Length;

    private static string Text(IReadOnlyList<RenderedFile> files, string path) =>
        files.Single(file => file.Path == path).Content;

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex QuotedString();
}
