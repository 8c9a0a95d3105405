using Appliance.FirstBoot.Metadata;

namespace Appliance.FirstBoot.Signatures;

/// <summary>
/// What seeds and providers may say without a signature to an image with signing keys. docs/signing.md has the same list.
/// </summary>
internal static class UnsignedFields
{
    /// <summary>One row for each member of <see cref="Facts"/> and <see cref="OwnerData"/>.</summary>
    public static IReadOnlyList<UnsignedField> All { get; } =
    [
        new("instance-id", nameof(Facts.InstanceId)),
        new("hostname", nameof(Facts.Hostname)),
        new("network configuration", nameof(Facts.Interfaces)),
        new("nameservers", nameof(Facts.Nameservers)),
        new("secrets", nameof(OwnerData.Secrets)),
        new(
            "ssh keys of the provider",
            nameof(Facts.SshKeys),
            facts => facts with { SshKeys = [] },
            facts => facts.SshKeys.Count > 0
        ),
        OfOwner(
            "ssh_keys",
            nameof(OwnerData.SshKeys),
            owner => owner with { SshKeys = [] },
            owner => owner.SshKeys.Count > 0
        ),
        OfOwner(
            "ssh_from",
            nameof(OwnerData.SshFrom),
            owner => owner with { SshFrom = [] },
            owner => owner.SshFrom.Count > 0
        ),
        OfOwner(
            "console_password",
            nameof(OwnerData.ConsolePassword),
            owner => owner with { ConsolePassword = null },
            owner => owner.ConsolePassword is not null
        ),
        OfOwner(
            "site",
            nameof(OwnerData.SiteName),
            owner => owner with { SiteName = null },
            owner => owner.SiteName is not null
        ),
        // A document with a signature is judged when one is chosen.
        OfOwner(
            "the site document",
            nameof(OwnerData.Document),
            owner => owner with { Document = null },
            owner => owner is { Document: not null, Signature: null }
        ),
        OfOwner(
            "a signature without a document",
            nameof(OwnerData.Signature),
            owner => owner with { Signature = null },
            owner => owner is { Document: null, Signature: not null }
        ),
    ];

    private static UnsignedField OfOwner(
        string name,
        string member,
        Func<OwnerData, OwnerData> without,
        Func<OwnerData, bool> isPresent
    ) =>
        new(
            name,
            member,
            facts => facts with { Owner = without(facts.Owner) },
            facts => isPresent(facts.Owner)
        );
}
