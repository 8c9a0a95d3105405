using Appliance.FirstBoot.Interfaces;
using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Metadata;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Verdicts;

namespace Appliance.FirstBoot.Merging;

/// <summary>A document with what the metadata fills in, and where the two differ.</summary>
internal sealed record Merged(SiteDocument Document, IReadOnlyList<MetadataFinding> Findings)
{
    public MetadataFinding? Conflict => Findings.FirstOrDefault(finding => finding.IsConflict);
}

/// <summary>
/// Fills what a document leaves open with what the provider knows. What both say has to agree: a machine with
/// another address than its document's is another machine.
/// </summary>
/// <param name="facts">What the metadata says.</param>
/// <param name="devices">Interfaces of the document to devices.</param>
/// <param name="interfaces">All interfaces of the machine.</param>
internal sealed class Merger(
    Facts facts,
    IReadOnlyDictionary<string, string> devices,
    IReadOnlyList<InterfaceState> interfaces
)
{
    private readonly List<MetadataFinding> findings = [];

    public Merged Merge(SiteDocument document)
    {
        var admin = document.Admin;
        var merged = document with
        {
            Admin = admin with
            {
                SshKeys = FirstOf(admin.SshKeys, [.. facts.Owner.SshKeys.Union(facts.SshKeys)]),
                SshFrom = FirstOf(admin.SshFrom, facts.Owner.SshFrom),
            },
            System = document.System with
            {
                Nameservers = FirstOf(document.System.Nameservers, facts.Nameservers),
            },
            Interfaces = MergeInterfaces(document.Interfaces),
        };
        if (facts.Hostname is { } hostname && hostname != document.Hostname)
        {
            Add("hostname", document.Hostname, hostname, isConflict: false);
        }

        return new Merged(merged, findings);
    }

    private static IReadOnlyList<string> FirstOf(
        IReadOnlyList<string> document,
        IReadOnlyList<string> metadata
    ) => document.Count > 0 ? document : metadata;

    private List<InterfaceDocument> MergeInterfaces(IReadOnlyList<InterfaceDocument> items)
    {
        var merged = items.ToList();
        for (var index = 0; index < merged.Count; index++)
        {
            if (FactsOf(merged[index], items.Count) is { } known)
            {
                merged[index] = Merge(merged[index], known, merged);
            }
        }

        return merged;
    }

    /// <summary>By MAC address; where the provider gives none by name, or as the only one of an only one.</summary>
    private InterfaceFacts? FactsOf(InterfaceDocument item, int count)
    {
        var device = devices[item.Name];
        var mac = interfaces.FirstOrDefault(state => state.Name == device)?.Ether;
        return facts.Interfaces.FirstOrDefault(known => known.Mac is not null && known.Mac == mac)
            ?? facts.Interfaces.FirstOrDefault(known => known.Mac is null && known.Name == device)
            ?? (count == 1 && facts.Interfaces is [{ Mac: null } only] ? only : null);
    }

    private InterfaceDocument Merge(
        InterfaceDocument item,
        InterfaceFacts known,
        List<InterfaceDocument> all
    )
    {
        var ipv4 = known.Addresses.Where(address => !PlainText.IsIpv6(address)).ToList();
        var ipv6 = known.Addresses.Where(PlainText.IsIpv6).ToList();
        CheckAddress($"interface.{item.Name}.ipv4", item.Ipv4, ipv4);
        CheckAddress($"interface.{item.Name}.ipv6", item.Ipv6, ipv6);
        CheckGateway($"interface.{item.Name}.gateway4", item.Gateway4, known.Gateway4);
        CheckGateway($"interface.{item.Name}.gateway6", item.Gateway6, known.Gateway6);
        var fills4 = item.Ipv4 is null && !known.Dhcp4 && ipv4.Count > 0;
        // With IPv4 by DHCP an address of IPv6 would turn DHCP off: such an interface stays as it is.
        var fills6 =
            item.Ipv6 is null
            && ipv6.Count > 0
            && (fills4 || item.Ipv4 is not null || !known.Dhcp4);
        return item with
        {
            Ipv4 = fills4 ? ipv4[0] : item.Ipv4,
            Ipv6 = fills6 ? ipv6[0] : item.Ipv6,
            Gateway4 =
                item.Gateway4
                ?? (
                    fills4 && !all.Exists(other => other.Gateway4 is not null)
                        ? known.Gateway4
                        : null
                ),
            Gateway6 =
                item.Gateway6
                ?? (
                    fills6 && !all.Exists(other => other.Gateway6 is not null)
                        ? known.Gateway6
                        : null
                ),
            Mtu = item.Mtu ?? known.Mtu,
        };
    }

    /// <summary>The provider may know more addresses than the document wants; it must know the one it has.</summary>
    private void CheckAddress(string subject, string? document, List<string> metadata)
    {
        if (document is null || metadata.Count == 0)
        {
            return;
        }

        var address = Cidr.Parse(document).Address;
        if (!metadata.Exists(text => Cidr.Parse(text).Address.Equals(address)))
        {
            Add(subject, document, string.Join(", ", metadata), isConflict: true);
        }
    }

    /// <summary>A router has a link-local address beside its global one: those two say nothing against each other.</summary>
    private void CheckGateway(string subject, string? document, string? metadata)
    {
        if (document is null || metadata is null)
        {
            return;
        }

        var (ours, theirs) = (Cidr.Parse(document).Address, Cidr.Parse(metadata).Address);
        if (!ours.Equals(theirs) && ours.IsIPv6LinkLocal == theirs.IsIPv6LinkLocal)
        {
            Add(subject, document, metadata, isConflict: true);
        }
    }

    private void Add(string subject, string document, string metadata, bool isConflict) =>
        findings.Add(
            new MetadataFinding
            {
                Subject = subject,
                Document = document,
                Metadata = metadata,
                IsConflict = isConflict,
            }
        );
}
