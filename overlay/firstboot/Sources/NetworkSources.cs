using System.Globalization;
using System.Net;
using Appliance.FirstBoot.Clouds;
using Appliance.FirstBoot.Http;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Metadata;
using Appliance.FirstBoot.Yaml;

namespace Appliance.FirstBoot.Sources;

/// <summary>
/// Metadata over HTTP: where the firmware's serial number points, or the service of a cloud. Nobody is asked
/// without a reason: the firmware names a provider, or nothing else has a document.
/// </summary>
/// <param name="machine">The operating system.</param>
/// <param name="connector">Reaches servers.</param>
internal sealed class NetworkSources(IMachine machine, IConnector connector)
{
    public const string SmbiosName = "smbios";
    public const string HttpName = "http";

    /// <summary>For everything that is asked over the network.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(60);

    /// <summary>EC2's address, which nearly everybody else uses too (RFC 3927).</summary>
    private static readonly IPEndPoint Ipv4Service = new(new IPAddress([169, 254, 169, 254]), 80);

    /// <summary>fe80::a9fe:a9fe, OpenStack's for networks without IPv4.</summary>
    private static readonly byte[] Ipv6Service =
    [
        0xfe,
        0x80,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0xa9,
        0xfe,
        0xa9,
        0xfe,
    ];

    /// <param name="smbios">What the firmware says.</param>
    /// <param name="hasDocument">Somebody asked before has a document or selects one.</param>
    public IReadOnlyList<SourceReading> Read(Smbios smbios, bool hasDocument)
    {
        var seed = SeedPointer.Parse(smbios.Serial);
        var named = AllClouds.List.FirstOrDefault(cloud => cloud.IsNamedBy(smbios));
        if (seed is null && named is null && hasDocument)
        {
            return
            [
                SourceReading.Absent(SmbiosName),
                SourceReading.Skipped(
                    HttpName,
                    "there is a document, and the firmware names no provider"
                ),
            ];
        }

        using var network = new TemporaryNetwork(machine);
        var deadline = machine.Elapsed + Budget;
        var pointed = seed is null
            ? SourceReading.Absent(SmbiosName)
            : ReadSeed(seed, network, deadline);
        var isEnough =
            hasDocument || pointed.Facts.Owner is { Document: not null } or { SiteName: not null };
        return
        [
            pointed,
            named is null && (isEnough || seed is not null)
                ? SourceReading.Skipped(
                    HttpName,
                    "the firmware points at a server and names no provider"
                )
                : ReadClouds(named, network, deadline),
        ];
    }

    private SourceReading ReadSeed(SeedPointer seed, TemporaryNetwork network, TimeSpan deadline)
    {
        if (seed.Problem is { } problem)
        {
            return SourceReading.Failed(SmbiosName, seed.Place, problem, isFatal: true);
        }

        if (network.Description is null)
        {
            return SourceReading.Failed(
                SmbiosName,
                seed.Place,
                "no interface got an address",
                isFatal: true
            );
        }

        var client = new MetadataClient(machine, connector, seed.Server!, deadline);
        var (metaData, userData, networkConfig) = (
            client.TryGet(seed.Path + "meta-data"),
            client.TryGet(seed.Path + "user-data"),
            client.TryGet(seed.Path + "network-config")
        );
        var facts = NoCloud.Read(metaData, userData, networkConfig);
        IEnumerable<string> problems =
            client.Unanswered.Count > 0 ? client.Unanswered
            : metaData is null && userData is null ? ["there is neither meta-data nor user-data"]
            : [];
        return SourceReading.Used(
            SmbiosName,
            seed.Place,
            new Facts
            {
                InstanceId = seed.InstanceId,
                Hostname = seed.Hostname,
                Ignored = seed.Ignored,
                Problems = [.. problems],
            }.With(facts),
            network.Description
        );
    }

    /// <summary>The provider that the firmware names, or the first that answers as itself.</summary>
    private SourceReading ReadClouds(ICloud? named, TemporaryNetwork network, TimeSpan deadline)
    {
        if (network.Description is null)
        {
            return SourceReading.Failed(
                HttpName,
                named?.Name,
                "no interface got an address",
                isFatal: false
            );
        }

        var server =
            network.Scope > 0
                ? new IPEndPoint(new IPAddress(Ipv6Service, network.Scope), 80)
                : Ipv4Service;
        var problem = "no provider's service answers";
        foreach (var cloud in named is null ? AllClouds.List : [named])
        {
            var place = string.Create(
                CultureInfo.InvariantCulture,
                $"{cloud.Name} at {server.Address}"
            );
            try
            {
                var client = new MetadataClient(machine, connector, server, deadline);
                if (cloud.Read(client) is { } facts)
                {
                    return SourceReading.Used(HttpName, place, facts, Note(network, client));
                }
            }
            catch (HttpException exception)
            {
                problem = $"{cloud.Name}: {exception.Message}";
                if (!exception.Message.Contains("HTTP ", StringComparison.Ordinal))
                {
                    // Nobody is there at all; the next provider has the same address.
                    break;
                }
            }
            catch (YamlException exception)
            {
                return SourceReading.Failed(HttpName, place, exception.Message, isFatal: true);
            }
        }

        return named is null
            ? SourceReading.Failed(HttpName, server.Address.ToString(), problem, isFatal: false)
            : SourceReading.Failed(
                HttpName,
                $"{named.Name} at {server.Address}",
                problem,
                isFatal: false
            );
    }

    /// <summary>The way to the service, and what it did not answer.</summary>
    private static string Note(TemporaryNetwork network, MetadataClient client) =>
        string.Join("; ", client.Unanswered.Prepend(network.Description!));
}
