using Appliance.FirstBoot.Metadata;
using Appliance.Rendering.Verdicts;

namespace Appliance.FirstBoot.Sources;

/// <summary>All that is known of this machine before anything is decided.</summary>
internal sealed record Gathering
{
    public required ImageDocuments Image { get; init; }

    public required Smbios Smbios { get; init; }

    /// <summary>In the order in which they were asked, the image first.</summary>
    public required IReadOnlyList<SourceRecord> Records { get; init; }

    /// <summary>What they know together; where two know the same, the earlier one's.</summary>
    public required Facts Facts { get; init; }

    /// <summary>What sources said without the signature that it needs, "disk: site is not signed, …".</summary>
    public IReadOnlyList<string> Unsigned { get; init; } = [];

    /// <summary>The same, with what is not configured on the record of the source that gave interfaces.</summary>
    public Gathering Recording(IReadOnlyList<string> notApplied)
    {
        var index = Records
            .Index()
            .FirstOrDefault(
                item =>
                    item.Item.Gave.Any(gift =>
                        gift.EndsWith(" interfaces", StringComparison.Ordinal)
                    ),
                (Index: -1, Item: Records[0])
            )
            .Index;
        return index < 0 || notApplied.Count == 0
            ? this
            : this with
            {
                Records =
                [
                    .. Records.Select(
                        (record, at) =>
                            at == index
                                ? record with
                                {
                                    Ignored = [.. record.Ignored.Union(notApplied)],
                                }
                                : record
                    ),
                ],
            };
    }

    /// <summary>A source that was meant for this machine and cannot be used.</summary>
    public string? Problem { get; init; }
}
