using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Appliance.Rendering.Documents;

namespace Appliance.Rendering.Tests;

/// <summary>
/// No string of a document can become syntax. Every string of every example is replaced by values that
/// would do harm in one of the formats; each must be refused, or stand where it is inert.
/// </summary>
public class InjectionTests
{
    private const string Marker = "evil";

    /// <summary>Appended to a value that was good: it must not be good any more.</summary>
    private static readonly string[] Suffixes =
    [
        "\"; evil=\"1",
        "'evil'",
        "\nevil\n",
        "\revil",
        "$(evil)",
        "`evil`",
        "$evil",
        "\\evil",
        "} evil {",
        "; evil ;",
        " evil",
        "\tevil",
        "\0evil",
        "#evil",
        "!evil",
        ",evil",
        "|evil",
        "<evil>",
        "(evil)",
        "\u2028evil",
        "évil evil",
    ];

    public static TheoryData<string> Sites => Fixture.All;

    [Theory]
    [MemberData(nameof(Sites))]
    public void Every_string_is_refused_or_inert_when_it_turns_evil(string site)
    {
        var before = Fixture.Render(site);
        var tried = 0;
        foreach (var path in StringPaths(Parse(site)))
        {
            foreach (var suffix in Suffixes)
            {
                tried++;
                var harm = Try(site, before, path, suffix);
                Assert.True(harm is null, $"{path} + {JsonSerializer.Serialize(suffix)}: {harm}");
            }
        }

        Assert.True(tried > 25 * Suffixes.Length, $"only {tried} values were tried");
    }

    [Theory]
    [MemberData(nameof(Sites))]
    public void Names_of_settings_are_refused_when_they_turn_evil(string site)
    {
        foreach (var member in new[] { "tunables", "sysctls" })
        {
            foreach (var suffix in Suffixes)
            {
                var document = Parse(site);
                document["system"]![member] = new JsonObject { ["kern.good" + suffix] = "1" };
                Assert.Throws<RenderingException>(() => Render(document));
            }
        }
    }

    [Theory]
    [InlineData("/boot/loader.conf", "x=\"1 evil\"", " evil", true)]
    [InlineData("/boot/loader.conf", "x=\"1$evil\"", "$evil", false)]
    [InlineData("/boot/loader.conf", "x=1 evil", " evil", false)]
    [InlineData("/boot/loader.conf", "x=\"1\"\nevil=\"1\"", "evil", false)]
    [InlineData("/etc/rc.conf", "x=\"1 evil\"", " evil", false)]
    [InlineData("/etc/jail.conf", "path = \"/a,evil\";", ",evil", true)]
    [InlineData("/etc/jail.conf", "path = \"/a;evil\";", ";evil", false)]
    [InlineData("/root/.ssh/authorized_keys", "ssh-ed25519 AAAA evil", " evil", true)]
    [InlineData(
        "/usr/local/etc/frr/frr.conf",
        " neighbor ::1 shutdown message x evil",
        " evil",
        true
    )]
    [InlineData(
        "/usr/local/etc/frr/frr.conf",
        " neighbor ::1 shutdown message x!evil",
        "!evil",
        false
    )]
    [InlineData("/usr/local/etc/frr/frr.conf", " neighbor ::1 password x evil", " evil", false)]
    public void The_search_for_harm_tells_harm_from_its_absence(
        string path,
        string line,
        string suffix,
        bool isInert
    )
    {
        RenderedFile[] before = [new(path, "x=\"1\"\n")];
        RenderedFile[] after = [new(path, line + "\n")];
        Assert.Equal(isInert, Harm(before, after, suffix) is null);
    }

    private static string? Try(
        string site,
        IReadOnlyList<RenderedFile> before,
        string path,
        string suffix
    )
    {
        var document = Parse(site);
        var node = StringNodes(document).Single(node => node.GetPath() == path);
        node.ReplaceWith(node.GetValue<string>() + suffix);
        try
        {
            return Harm(before, Render(document), suffix);
        }
        catch (Exception exception) when (exception is RenderingException or JsonException)
        {
            return exception.Message.Contains('\n') ? "the message has several lines" : null;
        }
    }

    /// <summary>What the value became in the files, if it did more than stand in its place; else null.</summary>
    private static string? Harm(
        IReadOnlyList<RenderedFile> before,
        IReadOnlyList<RenderedFile> after,
        string suffix
    )
    {
        foreach (var file in after)
        {
            var original = before.Single(item => item.Path == file.Path).Content;
            if (file.Content.Split('\n', '\r').Length != original.Split('\n', '\r').Length)
            {
                return $"it added lines to {file.Path}";
            }

            foreach (var line in file.Content.Split('\n').Where(IsEvil))
            {
                if (!IsInert(file.Path, line, suffix))
                {
                    return $"{file.Path} now says {line}";
                }
            }
        }

        return null;
    }

    private static bool IsEvil(string line) => line.Contains(Marker, StringComparison.Ordinal);

    /// <summary>
    /// Free text is a key's comment, a setting's value, a jail's command line and the reason why a session is off,
    /// and nothing else.
    /// </summary>
    private static bool IsInert(string path, string line, string suffix) =>
        path switch
        {
            "/root/.ssh/authorized_keys" => true,
            "/etc/sysctl.conf" => suffix.IndexOfAny(['#', '"', '\'']) < 0,
            "/boot/loader.conf" => line.EndsWith($"{suffix}\"", StringComparison.Ordinal)
                && suffix.IndexOfAny(['"', '\\', '$', '`']) < 0,
            "/usr/local/etc/frr/frr.conf" => line.Contains(
                " shutdown message ",
                StringComparison.Ordinal
            )
                && line.EndsWith(suffix, StringComparison.Ordinal)
                && suffix.IndexOfAny([.. "\"'\\$`;&|<>{}[]*?~!#"]) < 0,
            "/etc/jail.conf" => line.Contains($"{suffix}", StringComparison.Ordinal)
                && suffix.IndexOfAny([.. "\"'\\$`;&|<>(){}[]*?~!#"]) < 0,
            _ => false,
        };

    private static JsonNode Parse(string site) => JsonNode.Parse(Fixture.Json(site))!;

    private static IReadOnlyList<RenderedFile> Render(JsonNode document) =>
        Fixture.Render(SiteDocumentJson.Read(Encoding.UTF8.GetBytes(document.ToJsonString())));

    private static List<string> StringPaths(JsonNode root) =>
        [.. StringNodes(root).Select(node => node.GetPath())];

    private static IEnumerable<JsonNode> StringNodes(JsonNode? node) =>
        node switch
        {
            JsonObject members => members.SelectMany(member => StringNodes(member.Value)),
            JsonArray items => items.SelectMany(StringNodes),
            JsonValue value when value.GetValueKind() == JsonValueKind.String => [value],
            _ => [],
        };
}
