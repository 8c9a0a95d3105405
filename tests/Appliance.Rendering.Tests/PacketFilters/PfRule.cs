using System.Net;

namespace Appliance.Rendering.Tests.PacketFilters;

/// <summary>
/// One filter rule of pf.conf(5), as far as our templates use the language: what is not understood is an
/// error, so that no condition is silently ignored.
/// </summary>
internal sealed class PfRule
{
    private readonly Queue<string> words;
    private readonly PfRules rules;

    private PfRule(string text, PfRules rules)
    {
        Text = text;
        this.rules = rules;
        words = new Queue<string>(
            text.Replace("{", " { ")
                .Replace("}", " } ")
                .Replace(",", " ")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
        Parse();
    }

    public string Text { get; }

    public bool Passes { get; private set; }

    /// <summary>Passing makes a state, unless the rule says otherwise.</summary>
    public bool KeepsState { get; private set; } = true;

    public bool IsQuick { get; private set; }

    /// <summary>"reply-to" target, "rtable" number: what the rule does beyond passing.</summary>
    public string? ReplyTo { get; private set; }

    public string? RoutingTable { get; private set; }

    private string? Direction { get; set; }

    private List<string> Devices { get; set; } = [];

    private string? Family { get; set; }

    private List<string> Protocols { get; set; } = [];

    private Func<IPAddress, bool> Source { get; set; } = _ => true;

    private Func<IPAddress, bool> Destination { get; set; } = _ => true;

    private (int First, int Last)? Port { get; set; }

    private List<string> Types { get; set; } = [];

    public static PfRule Parse(string text, PfRules rules) => new(text, rules);

    public bool Matches(Packet packet) =>
        (Direction is null || Direction == packet.Direction)
        && (Devices.Count == 0 || Devices.Contains(packet.Device))
        && (Family is null || Family == (packet.IsIpv6 ? "inet6" : "inet"))
        && (Protocols.Count == 0 || Protocols.Contains(packet.Protocol))
        && Source(IPAddress.Parse(packet.Source))
        && Destination(IPAddress.Parse(packet.Destination))
        && (Port is not { } port || (packet.Port >= port.First && packet.Port <= port.Last))
        && (Types.Count == 0 || Types.Contains($"{packet.Port}"));

    private void Parse()
    {
        Passes = words.Dequeue() == "pass";
        while (words.TryDequeue(out var word))
        {
            ParseWord(word);
        }
    }

    private void ParseWord(string word)
    {
        switch (word)
        {
            case "drop" or "log" or "all" or "keep" or "state" or "allow-opts":
                break;
            case "no":
                KeepsState = false;
                break;
            case "in" or "out":
                Direction = word;
                break;
            case "quick":
                IsQuick = true;
                break;
            case "on":
                Devices = List();
                break;
            case "inet" or "inet6":
                Family = word;
                break;
            case "proto":
                Protocols = List();
                break;
            case "from":
                Source = Host();
                break;
            case "to":
                Destination = Host();
                break;
            default:
                ParseOption(word);
                break;
        }
    }

    private void ParseOption(string word)
    {
        switch (word)
        {
            case "port":
                var ends = words.Dequeue().Split(':').Select(int.Parse).ToList();
                Port = (ends[0], ends[^1]);
                break;
            case "icmp-type" or "icmp6-type":
                Types = List();
                break;
            case "max-pkt-rate":
                words.Dequeue();
                break;
            case "rtable":
                RoutingTable = words.Dequeue();
                break;
            case "reply-to":
                ReplyTo = $"{words.Dequeue()} {words.Dequeue()}";
                break;
            default:
                throw new NotSupportedException($"'{word}' in: {Text}");
        }
    }

    private List<string> List()
    {
        var first = words.Dequeue();
        if (first.StartsWith('$'))
        {
            return rules.Macro(first[1..]);
        }

        if (first != "{")
        {
            return [first];
        }

        var items = new List<string>();
        for (var word = words.Dequeue(); word != "}"; word = words.Dequeue())
        {
            items.Add(word);
        }

        return items;
    }

    private Func<IPAddress, bool> Host()
    {
        var word = words.Dequeue();
        if (word == "!")
        {
            var inner = Host();
            return address => !inner(address);
        }

        return word switch
        {
            "any" => _ => true,
            "(self)" => rules.IsSelf,
            ['(', .., ')'] => address => rules.IsOfDevice(word[1..^1], address),
            ['<', .., '>'] => rules.Table(word[1..^1]),
            _ when word.Contains('/') => IPNetwork.Parse(word).Contains,
            _ => IPAddress.Parse(word).Equals,
        };
    }
}
