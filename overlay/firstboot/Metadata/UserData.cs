using System.Text;
using Appliance.FirstBoot.Yaml;

namespace Appliance.FirstBoot.Metadata;

/// <summary>
/// Reads user data: a mapping of YAML, with "#cloud-config" above or not. What other tools would run (shell
/// scripts, MIME archives, templates) is not run here, and that is said.
/// </summary>
internal static class UserData
{
    private static readonly string[] Known =
    [
        "appliance",
        "hostname",
        "fqdn",
        "ssh_authorized_keys",
    ];

    /// <summary>Keys that every provider's console writes and that ask for nothing on a router.</summary>
    private static readonly string[] Harmless =
    [
        "manage_etc_hosts",
        "preserve_hostname",
        "disable_root",
        "ssh_pwauth",
    ];

    /// <exception cref="YamlException">It is of a form that is read here, and its syntax is wrong.</exception>
    public static Facts Read(byte[] content)
    {
        if (content.AsSpan().StartsWith<byte>([0x1f, 0x8b]))
        {
            return Ignoring("user data is compressed");
        }

        var text = Encoding.UTF8.GetString(content);
        if (string.IsNullOrWhiteSpace(text))
        {
            return new Facts();
        }

        if (ForeignKind(text) is { } kind)
        {
            return Ignoring($"user data is {kind}, and this machine runs none");
        }

        return YamlReader.Read(text) switch
        {
            YamlMapping mapping => Read(mapping),
            YamlScalar { IsNull: true } => new Facts(),
            _ => throw new YamlException("user data is no mapping"),
        };
    }

    private static Facts Read(YamlMapping mapping)
    {
        var judge = new ValueJudge("user data");
        foreach (
            var key in mapping.Keys.Where(key => !Known.Contains(key) && !Harmless.Contains(key))
        )
        {
            judge.Ignore(PlainText.Shown(key));
        }

        var problems = new List<string>();
        return new Facts
        {
            Hostname = judge.Hostname(
                ("fqdn", mapping.TextOf("fqdn")),
                ("hostname", mapping.TextOf("hostname"))
            ),
            SshKeys = judge.SshKeys("ssh_authorized_keys", mapping.ItemsOf("ssh_authorized_keys")),
            Owner = mapping.Find("appliance") is { } owner
                ? OwnerData.Read(owner, judge, problems)
                : OwnerData.None,
            Ignored = judge.Ignored,
            Problems = problems,
        };
    }

    private static string? ForeignKind(string text)
    {
        var first = text.TrimStart().Split('\n', 2)[0].TrimEnd();
        return first switch
        {
            "#cloud-config" => null,
            ['#', '!', ..] => "a script",
            ['#', '#', ' ', 't', 'e', 'm', 'p', 'l', 'a', 't', 'e', ..] => "a template",
            ['#', 'i', 'n', 'c', 'l', 'u', 'd', 'e', ..] => "a list of addresses",
            ['#', 'c', 'l', 'o', 'u', 'd', '-', ..] => "of another kind than cloud-config",
            _ when first.StartsWith("Content-Type:", StringComparison.OrdinalIgnoreCase)
                    || first.StartsWith("MIME-Version:", StringComparison.OrdinalIgnoreCase) =>
                "a MIME archive",
            _ => null,
        };
    }

    private static Facts Ignoring(string what) => new() { Ignored = [what] };
}
