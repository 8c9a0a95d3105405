using System.Net;
using System.Text;
using Appliance.FirstBoot.Http;
using Appliance.FirstBoot.Metadata;
using Appliance.FirstBoot.Sources;
using Appliance.FirstBoot.Yaml;

namespace Appliance.FirstBoot.Clouds;

/// <summary>
/// Azure: the instance metadata service, and the report to the fabric that the machine is provisioned, without
/// which Azure takes it for failed. (learn.microsoft.com/azure/virtual-machines: "instance-metadata-service",
/// "no-agent")
/// </summary>
internal sealed class Azure : ICloud
{
    private const string InstancePath = "/metadata/instance?api-version=2021-02-01";

    /// <summary>"WireServer", the same everywhere.</summary>
    private static readonly IPEndPoint Fabric = new(new IPAddress([168, 63, 129, 16]), 80);

    public string Name => "azure";

    /// <summary>Hyper-V machines elsewhere have the same maker; the tag is Azure's alone.</summary>
    public bool IsNamedBy(Smbios smbios) => smbios.ChassisTag == "7783-7084-3265-9085-8269-3286-77";

    public Facts? Read(MetadataClient client)
    {
        client.Headers.Add(("Metadata", "true"));
        if (
            client.GetNode(InstancePath) is not YamlMapping node
            || node.Find("compute") is not YamlMapping compute
            || compute.TextOf("vmId") is not { } id
        )
        {
            return null;
        }

        var judge = new ValueJudge(Name);
        var interfaces = (node.Find("network")?.ItemsOf("interface") ?? [])
            .Select(item => Interface(judge, item))
            .ToList();
        var encoded = compute.TextOf("userData");
        var userData = Decoded(encoded);
        if (userData is null && !string.IsNullOrEmpty(encoded))
        {
            judge.Ignore("userData: not base64");
        }

        var facts = new Facts
        {
            InstanceId = judge.InstanceId("vmId", id),
            Hostname = judge.Hostname(
                ("computerName", compute.Find("osProfile")?.TextOf("computerName")),
                ("name", compute.TextOf("name"))
            ),
            SshKeys = judge.SshKeys(
                "publicKeys",
                compute
                    .ItemsOf("publicKeys")
                    .Select(item => item.Find("keyData"))
                    .OfType<YamlNode>()
            ),
            Interfaces = interfaces,
            Ignored = judge.Ignored,
        };
        facts = CloudUserData.Add(facts, userData);
        return facts with { Ignored = [.. facts.Ignored, .. ReportReady(client)] };
    }

    /// <summary>DHCP configures them; what it will be is known.</summary>
    private static InterfaceFacts Interface(ValueJudge judge, YamlNode node)
    {
        var (ipv4, ipv6) = (node.Find("ipv4"), node.Find("ipv6"));
        var length = ipv4?.ItemsOf("subnet") is [var subnet, ..] ? subnet.TextOf("prefix") : null;
        return new InterfaceFacts
        {
            Mac = judge.Mac("macAddress", node.TextOf("macAddress")),
            Addresses =
            [
                .. (ipv4?.ItemsOf("ipAddress") ?? [])
                    .Select(item =>
                        judge.Address("ipv4", item.TextOf("privateIpAddress"), length ?? "32")
                    )
                    .Concat(
                        (ipv6?.ItemsOf("ipAddress") ?? []).Select(item =>
                            judge.Address("ipv6", item.TextOf("privateIpAddress"), "128")
                        )
                    )
                    .OfType<string>(),
            ],
            Dhcp4 = true,
        };
    }

    private static byte[]? Decoded(string? base64)
    {
        var buffer = new byte[((base64?.Length ?? 0) * 3 / 4) + 3];
        return
            !string.IsNullOrEmpty(base64)
            && Convert.TryFromBase64String(base64, buffer, out var length)
            ? buffer[..length]
            : null;
    }

    /// <summary>What went wrong with the report, nothing when it was taken.</summary>
    private static IEnumerable<string> ReportReady(MetadataClient client)
    {
        try
        {
            (string, string)[] headers =
            [
                ("x-ms-version", "2012-11-30"),
                ("x-ms-agent-name", "appliance"),
            ];
            var goal = client
                .Send(new HttpRequest(Fabric, "/machine/?comp=goalstate") { Headers = headers })
                .Text;
            var body = Health(
                Element(goal, "Incarnation"),
                Element(goal, "ContainerId"),
                Element(goal, "InstanceId")
            );
            var reply = client.Send(
                new HttpRequest(Fabric, "/machine/?comp=health")
                {
                    Method = "POST",
                    Headers = [.. headers, ("Content-Type", "text/xml;charset=utf-8")],
                    Body = body,
                }
            );
            return reply.Status is 200 or 201 or 204 ? [] : [$"ready signal: HTTP {reply.Status}"];
        }
        catch (HttpException exception)
        {
            return [$"ready signal: {exception.Message}"];
        }
    }

    private static string Health(string incarnation, string container, string instance) =>
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><Health>"
        + $"<GoalStateIncarnation>{incarnation}</GoalStateIncarnation><Container><ContainerId>{container}</ContainerId>"
        + $"<RoleInstanceList><Role><InstanceId>{instance}</InstanceId><Health><State>Ready</State></Health></Role>"
        + "</RoleInstanceList></Container></Health>";

    /// <summary>The text of the first element of a name: the document is a fixed one, and an XML reader is large.</summary>
    private static string Element(string xml, string name)
    {
        var start = xml.IndexOf($"<{name}>", StringComparison.Ordinal) + name.Length + 2;
        var end = xml.IndexOf($"</{name}>", StringComparison.Ordinal);
        return
            start > name.Length + 1
            && end > start
            && xml[start..end] is var text
            && text.Length < 200
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            ? text
            : throw new HttpException($"the goal state has no {name}");
    }
}
