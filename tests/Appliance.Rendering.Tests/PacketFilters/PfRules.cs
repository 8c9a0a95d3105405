using System.Net;
using Appliance.Rendering.Documents;

namespace Appliance.Rendering.Tests.PacketFilters;

/// <summary>
/// Decides about packets as pf(4) does: the last matching rule counts, unless an earlier one is quick;
/// without any, the packet passes. States are not kept: each packet is the first of its flow.
/// </summary>
internal sealed class PfRules
{
    private readonly Dictionary<string, List<string>> macros = [];
    private readonly Dictionary<string, List<(IPNetwork Prefix, bool Negated)>> tables = [];
    private readonly Dictionary<string, List<IPAddress>> devices;
    private readonly List<PfRule> rules = [];

    public PfRules(string text, SiteDocument document)
    {
        devices = DeviceAddresses(document);
        foreach (var line in text.Replace(" \\\n", " ").Split('\n'))
        {
            Read(line);
        }
    }

    public IReadOnlyList<PfRule> Rules => rules;

    public List<string> Macro(string name) => macros[name];

    public Func<IPAddress, bool> Table(string name)
    {
        // The longest prefix counts; it may say that the address is not of the table (pf.conf(5), TABLES).
        var entries = tables[name].OrderByDescending(entry => entry.Prefix.PrefixLength).ToList();
        return address =>
            entries
                .Where(entry => entry.Prefix.Contains(address))
                .Select(entry => !entry.Negated)
                .FirstOrDefault();
    }

    public bool IsSelf(IPAddress address) =>
        devices.Values.Any(addresses => addresses.Contains(address));

    public bool IsOfDevice(string device, IPAddress address) => devices[device].Contains(address);

    public Decision Decide(Packet packet) =>
        Deciding(packet) switch
        {
            null => Decision.PassStateless,
            { Passes: false } => Decision.Block,
            { KeepsState: true } => Decision.Pass,
            _ => Decision.PassStateless,
        };

    /// <summary>The rule that decides, or null when none matches.</summary>
    public PfRule? Deciding(Packet packet)
    {
        PfRule? last = null;
        foreach (var rule in rules.Where(rule => rule.Matches(packet)))
        {
            last = rule;
            if (rule.IsQuick)
            {
                break;
            }
        }

        return last;
    }

    private void Read(string line)
    {
        if (
            line.Length == 0
            || line.StartsWith('#')
            || line.StartsWith("set ", StringComparison.Ordinal)
        )
        {
            return;
        }

        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words[0])
        {
            case "table":
                tables[words[1].Trim('<', '>')] = [.. words[4..^1].Select(Entry)];
                break;
            case "match":
                break;
            case "pass" or "block":
                rules.Add(PfRule.Parse(line, this));
                break;
            default:
                var strings = string.Join(' ', line.Split('"').Where((_, index) => index % 2 == 1));
                macros[words[0]] = [.. strings.Trim('{', '}', ' ').Split(' ')];
                break;
        }
    }

    private static Dictionary<string, List<IPAddress>> DeviceAddresses(SiteDocument document)
    {
        var names = Fixture.Devices(document);
        var result = document.Interfaces.ToDictionary(
            item => names.Find(item.Name)!,
            item => new[] { item.Ipv4, item.Ipv6 }.OfType<string>().Select(WithoutLength).ToList()
        );
        foreach (var tunnel in document.Tunnels)
        {
            result[tunnel.Device] = [WithoutLength(tunnel.InnerLocal)];
        }

        result["lo0"] = [.. document.Loopback.Select(IPAddress.Parse)];
        if (document.Announced is { } announced)
        {
            result[announced.Device] =
            [
                .. announced.Addresses.Select(IPAddress.Parse),
                .. announced.Jails.Select(jail => IPAddress.Parse(jail.Address)),
            ];
        }

        return result;
    }

    private static (IPNetwork Prefix, bool Negated) Entry(string word)
    {
        var text = word.TrimStart('!');
        var prefix = text.Contains('/')
            ? IPNetwork.Parse(text)
            : new IPNetwork(IPAddress.Parse(text), text.Contains(':') ? 128 : 32);
        return (prefix, word[0] == '!');
    }

    private static IPAddress WithoutLength(string text) => IPAddress.Parse(text.Split('/')[0]);
}
