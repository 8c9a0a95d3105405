using System.Text.Json;
using System.Text.Json.Nodes;
using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Metadata;
using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.Sources;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.Rendering;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Tests.Lifeline;

/// <summary>
/// Every field of every format with every nasty value: the machine always comes, with ssh, with the keys that are good,
/// and nothing is dropped without a record.
/// </summary>
public sealed class NastyValueTests
{
    /// <summary>Fields that say what a value is, rather than being one, and names that nothing rests on.</summary>
    private static readonly string[] Structure =
    [
        "type",
        "version",
        "id",
        "link",
        "name",
        "to",
        "network",
        "network-type",
        "public-keys/",
        "instance-v2-id",
        "vmId",
        "droplet_id",
        "instance-id",
    ];

    private readonly FakeMachine machine = new FreeBsd(TestSites.Edge).Machine;

    public NastyValueTests() => machine.Files.Remove(SiteDocument.TargetPath);

    public static TheoryData<string> Names => [.. Formats.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void One_bad_value_leaves_a_machine_and_a_record(string format)
    {
        var good = Formats.Read(format, Formats.Good(format));
        Assert.Empty(good.Problems);
        AssertMachine(good, format);
        var tried = 0;
        foreach (var leaf in Leaves(Formats.Good(format)).ToList())
        {
            foreach (var value in NastyValues.All)
            {
                var facts = Formats.Read(format, With(Formats.Good(format), leaf, value));
                var what = $"{format} {string.Join('/', leaf)} = {value}";
                AssertMachine(facts, what);
                AssertRecorded(good, facts, leaf, value, what);
                tried++;
            }
        }

        Assert.True(tried > 500);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Two_bad_values_leave_a_machine(string format)
    {
        var random = new Random(20261201);
        var values = NastyValues.All.ToList();
        var leaves = Leaves(Formats.Good(format)).ToList();
        for (var first = 0; first < leaves.Count; first++)
        {
            for (var second = first + 1; second < leaves.Count; second++)
            {
                var tree = With(Formats.Good(format), leaves[first], Pick(random, values));
                tree = With(tree, leaves[second], Pick(random, values));
                AssertMachine(Formats.Read(format, tree), tree.ToJsonString());
            }
        }
    }

    public static TheoryData<string, string> Lists =>
        new()
        {
            { "ssh_authorized_keys", "keys" },
            { "ssh_keys", "keys" },
            { "ssh_from", "prefixes" },
            { "addresses", "addresses" },
            { "nameservers", "hosts" },
        };

    [Theory]
    [MemberData(nameof(Lists))]
    public void A_good_value_of_a_list_stays_beside_every_bad_one(string field, string kind)
    {
        var bad = kind switch
        {
            "keys" => NastyValues.Keys,
            "prefixes" => NastyValues.Prefixes,
            _ => NastyValues.Addresses.Where(text => text.Length > 0).ToArray(),
        };
        foreach (var value in bad)
        {
            foreach (var isFirst in new[] { true, false })
            {
                var tree = Formats.Good("nocloud-v2");
                var card = tree["network"]!["ethernets"]!["id0"]!;
                var list = field switch
                {
                    "ssh_authorized_keys" => tree["user"]![field]!,
                    "addresses" => card[field]!,
                    "nameservers" => card[field]!["addresses"]!,
                    _ => tree["user"]!["appliance"]![field]!,
                };
                list.AsArray().Insert(isFirst ? 0 : list.AsArray().Count, value);
                var facts = Formats.Read("nocloud-v2", tree);
                var good = Formats.Read("nocloud-v2", Formats.Good("nocloud-v2"));
                Assert.Empty(facts.Problems);
                Assert.All(good.SshKeys, key => Assert.Contains(key, facts.SshKeys));
                Assert.All(good.Owner.SshFrom, item => Assert.Contains(item, facts.Owner.SshFrom));
                Assert.All(
                    good.Interfaces[0].Addresses,
                    item => Assert.Contains(item, facts.Interfaces[0].Addresses)
                );
                Assert.All(good.Nameservers, item => Assert.Contains(item, facts.Nameservers));
                var isAccepted =
                    facts.Nameservers.Count > good.Nameservers.Count
                    // An owner may restrict a key of theirs.
                    || facts.Owner.SshKeys.Count > good.Owner.SshKeys.Count
                    || facts.Interfaces[0].Addresses.Count > good.Interfaces[0].Addresses.Count;
                Assert.True(isAccepted || facts.Ignored.Count > 0, value);
                AssertMachine(facts, value);
            }
        }
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7/32")]
    [InlineData("192.0.2.7/24", "192.0.2.7/32")]
    [InlineData("2001:db8::7/32", "2001:db8::7/128")]
    public void An_owner_whose_only_network_is_no_prefix_gets_in_from_that_address_alone(
        string text,
        string prefix
    )
    {
        var tree = Formats.Good("nocloud-v2");
        tree["user"]!["appliance"]!["ssh_from"] = new JsonArray(text);
        var facts = Formats.Read("nocloud-v2", tree);
        Assert.Equal([prefix], facts.Owner.SshFrom);
        Assert.Contains($"only {prefix} is let in", facts.Ignored[0], StringComparison.Ordinal);
    }

    private static string Pick(Random random, List<string> values) =>
        values[random.Next(values.Count)];

    private void AssertMachine(Facts facts, string what)
    {
        if (facts.Problems.Contains(Formats.NotTheirs))
        {
            return;
        }

        try
        {
            var gathered = new Gathering
            {
                Image = new ImageDocuments(machine),
                Smbios = new Smbios(null, null, null, null, null),
                Records = [],
                Facts = facts,
            };
            var target = new MinimalPlanner(machine, Render).Plan(gathered, accepted: null)!;
            string Text(string path) => target.Files.Single(file => file.Path == path).Content;
            Assert.Contains("sshd_enable=\"YES\"", Text("/etc/rc.conf"), StringComparison.Ordinal);
            Assert.Contains("ifconfig_vtnet0=", Text("/etc/rc.conf"), StringComparison.Ordinal);
            Assert.Contains(
                Seeds.Key,
                Text("/root/.ssh/authorized_keys"),
                StringComparison.Ordinal
            );
            Assert.All(facts.Ignored.Concat(facts.Problems), AssertPrintable);
        }
        catch (RenderingException exception)
        {
            Assert.Fail($"{what}: {exception.Message}");
        }
    }

    private static void AssertPrintable(string text) =>
        Assert.All(text, letter => Assert.InRange(letter, ' ', '~'));

    /// <summary>What the machine no longer knows is in the record, unless nothing was said, or the new value is used.</summary>
    private static void AssertRecorded(
        Facts good,
        Facts facts,
        IReadOnlyList<string> leaf,
        string value,
        string what
    )
    {
        var isSame = Shown(good) == Shown(facts);
        // The same again, an address twice, is nothing that is lost.
        var isUsed =
            Shown(good).Contains(value, StringComparison.Ordinal)
            || Shown(facts).Split('|').Except(Shown(good).Split('|')).Any(text => text.Length > 0);
        if (isSame || isUsed || string.IsNullOrWhiteSpace(value) || Structure.Contains(leaf[^1]))
        {
            return;
        }

        Assert.True(
            facts.Ignored.Count + facts.Problems.Count > good.Ignored.Count,
            $"nothing is recorded of {what}"
        );
    }

    private static string Shown(Facts facts) =>
        string.Join(
            '|',
            [
                facts.InstanceId,
                facts.Hostname,
                .. facts.SshKeys,
                .. facts.Owner.SshKeys,
                .. facts.Owner.SshFrom,
                .. facts.Nameservers,
                .. facts.Interfaces.SelectMany(item =>
                    new[]
                    {
                        item.Mac,
                        item.Name,
                        item.Gateway4,
                        item.Gateway6,
                        item.Mtu?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                        item.Dhcp4.ToString(),
                    }.Concat(item.Addresses)
                ),
            ]
        );

    private static IEnumerable<IReadOnlyList<string>> Leaves(
        JsonNode? node,
        params string[] path
    ) =>
        node switch
        {
            JsonObject item => item.SelectMany(pair => Leaves(pair.Value, [.. path, pair.Key])),
            JsonArray list => list.SelectMany((child, at) => Leaves(child, [.. path, $"{at}"])),
            _ => [path],
        };

    private static JsonNode With(JsonNode tree, IReadOnlyList<string> path, string value)
    {
        var parent = tree;
        foreach (var step in path.Take(path.Count - 1))
        {
            parent = parent is JsonArray list ? list[int.Parse(step, null)]! : parent[step]!;
        }

        var node = JsonValue.Create(value);
        if (parent is JsonArray array)
        {
            array[int.Parse(path[^1], null)] = node;
        }
        else
        {
            parent[path[^1]] = node;
        }

        return tree;
    }

    private static IReadOnlyList<RenderedFile> Render(
        SiteDocument document,
        InterfaceNames names,
        Secrets secrets
    ) => SiteRenderer.Render(document, names, secrets);
}
