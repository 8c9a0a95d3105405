using System.Text.Json;
using Appliance.Cli.Terminal;

namespace Appliance.Cli.Tests;

/// <summary>What a change of the network file means to neighbors.</summary>
public sealed class DiffVerbTests : IDisposable
{
    private static readonly string Exchange = File.ReadAllText(
        Path.Combine(AppContext.BaseDirectory, "profiles", "networks", "exchange.yaml")
    );

    private readonly CliRun cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public async Task A_file_and_itself_differ_in_nothing()
    {
        Assert.Empty(await ChangesAsync(Exchange, Exchange, ExitCodes.Ok));
    }

    [Fact]
    public async Task What_no_neighbor_notices_is_no_difference()
    {
        var changed = Exchange.Replace(
            "ix1.example.net",
            "ix2.example.net",
            StringComparison.Ordinal
        );
        Assert.Empty(await ChangesAsync(Exchange, changed, ExitCodes.Ok));
    }

    [Theory]
    // Announcements.
    [InlineData(
        "prepend: 1",
        "prepend: 3",
        "announcement changed carrier 2001:db8:3c::/48: prepend 1, MED 20, community 64496:3000, community 64496:1:2 > prepend 3, MED 20, community 64496:3000, community 64496:1:2"
    )]
    [InlineData(
        "192.0.2.0/24]\nrpki",
        "192.0.2.0/24, 192.0.3.0/24]\nrpki",
        "announcement added carrier4 192.0.3.0/24:  > plain"
    )]
    [InlineData(
        "192.0.2.0/24]\nrpki",
        "192.0.2.0/24, 192.0.3.0/24]\nrpki",
        "filter closes - 192.0.3.0/24 and parts of it, our own: taken > refused"
    )]
    [InlineData(
        "blackholes: [\"2001:db8:3c::bad/128\"]",
        "",
        "announcement removed carrier 2001:db8:3c::bad/128: community 64496:666, to be dropped > "
    )]
    [InlineData(
        "blackholes: [\"2001:db8:3c::bad/128\"]",
        "",
        "blackhole removed - 2001:db8:3c::bad/128:  > "
    )]
    [InlineData(
        "accept_blackholes: true ",
        "local_pref: 300 ",
        "announcement removed carrier what buyer has dropped within 2001:db8:4000::/36: community 64496:666, to be dropped > "
    )]
    [InlineData(
        "accept_blackholes: true ",
        "local_pref: 300 ",
        "filter closes buyer requests to drop a /128 and smaller parts of 2001:db8:4000::/36 (RFC 7999): taken > refused"
    )]
    [InlineData(
        "accept_blackholes: true ",
        "accept_blackholes: {shortest: 64} ",
        "filter opens buyer requests to drop a /64 and smaller parts of 2001:db8:4000::/36 (RFC 7999): refused > taken"
    )]
    [InlineData(
        "send: full",
        "send: default",
        "announcement removed buyer everything we know: plain > "
    )]
    [InlineData(
        "send: full",
        "send: default",
        "announcement added buyer the default route:  > plain"
    )]
    // Sessions.
    [InlineData(
        "role: peer",
        "role: transit",
        "session changed exchange-peer role: peer > transit"
    )]
    [InlineData(
        "asn: 64496\n        over: wan\n        neighbor: 198",
        "asn: 64495\n        over: wan\n        neighbor: 198",
        "session changed carrier4 AS: 64496 > 64495"
    )]
    [InlineData(
        "6449:7",
        "6449:8",
        "session changed exchange-peer address: 2001:db8:900::6449:7 > 2001:db8:900::6449:8"
    )]
    [InlineData(
        "password: {secret: faraway-md5}",
        "drain: false",
        "session changed faraway password: the secret faraway-md5 is needed > none"
    )]
    [InlineData(
        "shutdown: \"moves",
        "med: 5 # \"",
        "session changed exchange-peer state: switched off: moves to another rack (change 4711) > on"
    )]
    [InlineData(
        "hold: 60",
        "hold: 90",
        "session changed carrier timers: keepalive 20 s, hold 60 s > keepalive 20 s, hold 90 s"
    )]
    [InlineData(
        "remote: 198.51.100.44",
        "remote: 198.51.100.45",
        "session changed buyer over: gre from 198.51.100.10 to 198.51.100.44 > gre from 198.51.100.10 to 198.51.100.45"
    )]
    [InlineData(
        "      rs1:",
        "      rs2:",
        "session added rs2 session:  > route server, AS64498, 2001:db8:900::1 over ix"
    )]
    [InlineData(
        "      rs1:",
        "      rs2:",
        "session removed rs1 session: route server, AS64498, 2001:db8:900::1 over ix > "
    )]
    // Filters.
    [InlineData(
        "role: peer",
        "role: transit",
        "filter opens exchange-peer paths through large networks that buy transit from nobody: refused > taken"
    )]
    [InlineData(
        "maximum_prefix: 500",
        "maximum_prefix: 400",
        "filter closes exchange-peer routes before the session is torn down: 500 > 400"
    )]
    [InlineData(
        "2001:db8:4000::/36",
        "2001:db8:4000::/34",
        "filter opens buyer routes within 2001:db8:4000::/34: refused > taken"
    )]
    [InlineData(
        "2001:db8:4000::/36",
        "2001:db8:4000::/34",
        "filter closes buyer routes within 2001:db8:4000::/36: taken > refused"
    )]
    [InlineData(
        "rpki: {caches: [{host: 198.51.100.53, port: 3323}, {host: 198.51.100.54, port: 3323}]}",
        "",
        "filter opens - routes that RPKI calls invalid: refused > taken"
    )]
    [InlineData(
        ", {host: 198.51.100.54, port: 3323}",
        "",
        "rpki_cache removed - 198.51.100.54 port 3323:  > "
    )]
    [InlineData(
        "import: nothing                     # gateway4",
        "import: default # gateway4",
        "filter opens carrier4 the default route: refused > taken"
    )]
    public async Task A_change_is_told_in_the_words_of_BGP(string old, string changed, string told)
    {
        Assert.Contains(old, Exchange, StringComparison.Ordinal);
        var lines = await ChangesAsync(
            Exchange,
            Exchange.Replace(old, changed, StringComparison.Ordinal),
            ExitCodes.Failed
        );
        Assert.Contains(told, lines);
    }

    [Fact]
    public async Task A_limit_that_is_taken_away_on_a_peer_becomes_the_usual_one()
    {
        var lines = await ChangesAsync(
            Exchange,
            Exchange.Replace("maximum_prefix: 500", "", StringComparison.Ordinal),
            ExitCodes.Failed
        );
        var line = Assert.Single(lines);
        Assert.StartsWith(
            "filter opens exchange-peer routes before the session is torn down: 500 > ",
            line,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_site_that_is_removed_is_said_with_its_links_and_prefixes()
    {
        var text = CliRun.ExampleNetwork;
        var site = text.IndexOf("  vps01:", StringComparison.Ordinal);
        var links = text.IndexOf("# Appending a link", StringComparison.Ordinal);
        var changed = text[..site];
        Assert.True(links > site);
        var lines = await ChangesAsync(text, changed, ExitCodes.Failed);
        Assert.Contains("site removed - downstream vps01.example.net:  > ", lines);
        Assert.Contains("link removed - tunnel to vps01:  > ", lines);
        Assert.Contains(
            "prefix removed - 2001:db8:1c:1000::/64: vps01 > no site: edges announce it and drop its packets",
            lines
        );
        var back = await ChangesAsync(changed, text, ExitCodes.Failed);
        Assert.Contains("site added - downstream vps01.example.net:  > ", back);
        Assert.Contains("prefix added - 2001:db8:1c:1000::/64: no site > vps01", back);
    }

    [Fact]
    public async Task People_get_a_table()
    {
        Write("old.yaml", Exchange);
        Write("new.yaml", Exchange.Replace("med: 20", "med: 30", StringComparison.Ordinal));
        Assert.Equal(ExitCodes.Failed, await cli.RunAsync("diff", "old.yaml", "new.yaml"));
        var lines = cli.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith(
            "SITE  ABOUT         CHANGE   NEIGHBOR  WHAT",
            lines[0],
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "ix1   announcement  changed  carrier   2001:db8:3c::/48: prepend 1, MED 20",
            lines[1],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_version_with_errors_is_no_version()
    {
        Write("old.yaml", Exchange);
        Write("new.yaml", Exchange.Replace("asn: 64497", "asn: x", StringComparison.Ordinal));
        Assert.Equal(ExitCodes.DataError, await cli.RunAsync("diff", "old.yaml", "new.yaml"));
        Assert.Contains("new.yaml", cli.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.NoInput, await cli.RunAsync("diff", "absent.yaml", "old.yaml"));
    }

    private async Task<List<string>> ChangesAsync(string old, string changed, int code)
    {
        Write("old.yaml", old);
        Write("new.yaml", changed);
        var seen = await cli.RunAsync("diff", "old.yaml", "new.yaml", "--json");
        Assert.True(seen == code, $"exit {seen}: {cli.Error}{cli.Out}");
        using var json = JsonDocument.Parse(cli.Out);
        return
        [
            .. json
                .RootElement.GetProperty("changes")
                .EnumerateArray()
                .Select(change =>
                    $"{Text(change, "subject")} {Text(change, "kind")} {Text(change, "neighbor", "-")} {Text(change, "what")}: {Text(change, "old")} > {Text(change, "new")}"
                ),
        ];
    }

    private static string Text(JsonElement change, string name, string instead = "") =>
        change.TryGetProperty(name, out var value) ? value.GetString()! : instead;

    private void Write(string name, string text) => cli.Write(name, text);
}
