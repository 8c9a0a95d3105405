using Appliance.FirstBoot.Http;
using Appliance.FirstBoot.Metadata;
using Appliance.FirstBoot.Sources;

namespace Appliance.FirstBoot.Clouds;

/// <summary>
/// EC2's instance metadata service: version 2 with a token, version 1 where there is none to be had.
/// (docs.aws.amazon.com/AWSEC2, "Instance metadata")
/// </summary>
internal sealed class Ec2 : ICloud
{
    private const string Root = "/latest/meta-data/";
    private const int MaximumInterfaces = 32;
    private const int MaximumKeys = 32;

    public string Name => "ec2";

    public bool IsNamedBy(Smbios smbios) =>
        smbios.Maker == "Amazon EC2"
        || smbios.Uuid?.StartsWith("ec2", StringComparison.Ordinal) == true
        || smbios.Serial?.StartsWith("ec2", StringComparison.OrdinalIgnoreCase) == true;

    public Facts? Read(MetadataClient client)
    {
        var problem = AskForToken(client);
        string? id;
        try
        {
            id = client.GetText(Root + "instance-id");
        }
        catch (HttpException exception) when (problem is not null)
        {
            throw new HttpException(
                $"no token of version 2 ({problem}), and version 1 says {exception.Message}",
                exception
            );
        }

        if (string.IsNullOrWhiteSpace(id))
        {
            return null;
        }

        var judge = new ValueJudge(Name);
        var hostname = judge.Hostname(
            ("local-hostname", client.TryGetText(Root + "local-hostname"))
        );
        var keys = Keys(client, judge);
        var interfaces = Lines(client, judge, Root + "network/interfaces/macs/")
            .Take(MaximumInterfaces)
            .Select(mac => Interface(client, judge, mac))
            .ToList();
        var facts = new Facts
        {
            InstanceId = judge.InstanceId("instance-id", id),
            Hostname = hostname,
            SshKeys = keys,
            Interfaces = interfaces,
            Ignored = judge.Ignored,
        };
        return CloudUserData.Add(facts, client, "/latest/user-data");
    }

    /// <summary>
    /// Null when there is one. With a hop limit of 1 the answer may be lost on its way, and silence is all that
    /// comes: one try, then version 1.
    /// </summary>
    private static string? AskForToken(MetadataClient client)
    {
        try
        {
            var reply = client.Send(
                client.Request("/latest/api/token") with
                {
                    Method = "PUT",
                    Headers = [("X-aws-ec2-metadata-token-ttl-seconds", "120")],
                },
                tries: 1
            );
            var token = reply.Text.Trim();
            if (reply.Status != 200 || token.Length is 0 or > 1024 || token.Any(char.IsControl))
            {
                return $"HTTP {reply.Status}";
            }

            client.Headers.Add(("X-aws-ec2-metadata-token", token));
            return null;
        }
        catch (HttpException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>"0=name" by lines, each with its key below.</summary>
    private static IReadOnlyList<string> Keys(MetadataClient client, ValueJudge judge) =>
        judge.SshKeys(
            "public-keys",
            Lines(client, judge, Root + "public-keys/")
                .Take(MaximumKeys)
                .Select(line => line.Split('=')[0])
                .Where(number => number.All(char.IsAsciiDigit))
                .Select(number =>
                    client.TryGetText($"{Root}public-keys/{number}/openssh-key") ?? ""
                )
                .Select(text => new Yaml.YamlScalar(text, IsPlain: false, 1))
        );

    /// <summary>DHCP configures the first address; the others are the owner's affair.</summary>
    private static InterfaceFacts Interface(MetadataClient client, ValueJudge judge, string mac)
    {
        var folder = $"{Root}network/interfaces/macs/{mac}/";
        var length4 = client.TryGetText(folder + "subnet-ipv4-cidr-block")?.Trim().Split('/')
            is [_, var bits]
            ? bits
            : null;
        var ipv4 = Lines(client, judge, folder + "local-ipv4s")
            .Select(address => judge.Address("local-ipv4s", address, length4));
        var ipv6 = Lines(client, judge, folder + "ipv6s")
            .Select(address => judge.Address("ipv6s", address, "128"));
        return new InterfaceFacts
        {
            Mac = judge.Mac("macs", mac),
            Addresses = [.. ipv4.Concat(ipv6).OfType<string>()],
            Dhcp4 = true,
        };
    }

    private static List<string> Lines(MetadataClient client, ValueJudge judge, string path)
    {
        var lines = new List<string>();
        foreach (var text in (client.TryGetText(path) ?? "").Split('\n'))
        {
            var line = text.Trim().TrimEnd('/');
            if (line.Length is > 0 and < 100 && line.All(letter => letter is > ' ' and <= '~'))
            {
                lines.Add(line);
            }
            else if (line.Length > 0)
            {
                judge.Ignore(path[Root.Length..], line, "not a word of printable letters");
            }
        }

        return lines;
    }
}
