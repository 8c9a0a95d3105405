using Appliance.FirstBoot.Interfaces;
using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Metadata;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Verdicts;

namespace Appliance.FirstBoot.Merging;

/// <summary>A document with what the metadata fills in, and where the two differ.</summary>
/// <param name="Document">Complete.</param>
/// <param name="Findings">Where the two differ.</param>
/// <param name="NotApplied">What of the metadata is not configured, and why.</param>
internal sealed record Merged(
    SiteDocument Document,
    IReadOnlyList<MetadataFinding> Findings,
    IReadOnlyList<string> NotApplied
)
{
    public MetadataFinding? Conflict => Findings.FirstOrDefault(finding => finding.IsConflict);
}

/// <summary>
/// Fills what a document leaves open with what the provider knows. What both say has to agree: a machine whose addresses
/// lie in other prefixes than its document's is another machine. Of one prefix, the document's address counts.
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
    private readonly List<string> notApplied = [];
    private readonly DeviceFacts known = new(interfaces, facts.Interfaces);

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

        notApplied.AddRange(known.NotApplied);
        return new Merged(merged, findings, notApplied);
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

    /// <summary>What is known of the interface's device, or the only interface of an only one.</summary>
    private InterfaceFacts? FactsOf(InterfaceDocument item, int count) =>
        known.Find(devices[item.Name])
        ?? (count == 1 && facts.Interfaces is [{ Mac: null } only] ? only : null);

    private InterfaceDocument Merge(
        InterfaceDocument item,
        InterfaceFacts word,
        List<InterfaceDocument> all
    )
    {
        var subject = $"interface.{item.Name}";
        var ipv4 = word.Addresses.Where(address => !PlainText.IsIpv6(address)).ToList();
        var ipv6 = word.Addresses.Where(PlainText.IsIpv6).ToList();
        CheckAddress($"{subject}.ipv4", item.Ipv4, ipv4);
        CheckAddress($"{subject}.ipv6", item.Ipv6, ipv6);
        CheckGateway($"{subject}.gateway4", item.Gateway4, word.Gateway4);
        CheckGateway($"{subject}.gateway6", item.Gateway6, word.Gateway6);
        var filled = Fill(item, AddressChoice.Of(word), all) with
        {
            Mtu = item.Mtu ?? AddressChoice.MtuOf(word),
        };
        notApplied.AddRange(
            AddressChoice.NotApplied(
                devices[item.Name],
                word,
                [filled.Ipv4, filled.Ipv6],
                filled.Mtu
            )
        );
        return filled;
    }

    private static InterfaceDocument Fill(
        InterfaceDocument item,
        AddressChoice choice,
        List<InterfaceDocument> all
    )
    {
        var fills4 = item.Ipv4 is null && item.Dhcp4 is null && choice.Ipv4 is not null;
        var fills6 = item.Ipv6 is null && item.Gateway6 is null && choice.Ipv6 is not null;
        var gateway6 =
            fills6 && !all.Exists(other => other.Gateway6 is not null)
                ? choice.Gateway6
                : item.Gateway6;
        var isOpen = item is { Ipv4: null, Ipv6: null, Gateway6: null };
        return item with
        {
            Ipv4 = fills4 ? choice.Ipv4 : item.Ipv4,
            Gateway4 =
                fills4 && !all.Exists(other => other.Gateway4 is not null)
                    ? choice.Gateway4
                    : item.Gateway4,
            Ipv6 = fills6 ? choice.Ipv6 : item.Ipv6,
            Gateway6 = gateway6,
            // An IPv6 address alone would turn DHCP off.
            Dhcp4 = item.Ipv4 is null && fills6 && choice.Dhcp4 ? true : item.Dhcp4,
            RouterAdvertisements =
                item.RouterAdvertisements
                ?? (
                    choice.RouterAdvertisements
                    && (fills6 || isOpen)
                    && gateway6 is null
                    && !all.Exists(other => other.Gateway6 is not null)
                        ? true
                        : null
                ),
        };
    }

    /// <summary>
    /// The provider may know more addresses than the document wants. Another address of the same prefix is the owner's
    /// choice out of what the provider routes to the machine: the document's counts, and the difference is recorded.
    /// </summary>
    private void CheckAddress(string subject, string? document, List<string> metadata)
    {
        if (document is null || metadata.Count == 0)
        {
            return;
        }

        var ours = Cidr.Parse(document);
        var theirs = metadata.ConvertAll(Cidr.Parse);
        if (!theirs.Exists(item => item.Address.Equals(ours.Address)))
        {
            var isOfSamePrefix = theirs.Exists(item =>
                item.Contains(ours.Address) || ours.Contains(item.Address)
            );
            Add(subject, document, string.Join(", ", metadata), isConflict: !isOfSamePrefix);
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
