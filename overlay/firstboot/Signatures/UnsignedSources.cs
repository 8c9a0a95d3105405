using Appliance.FirstBoot.Metadata;
using Appliance.FirstBoot.Sources;

namespace Appliance.FirstBoot.Signatures;

/// <summary>
/// Takes out of what a source says everything that needs a signature, and records it as ignored. Nothing is taken out
/// where the image has no signing keys.
/// </summary>
/// <param name="hasSigners">The image has signing keys.</param>
/// <param name="onlySite">The one site that the image can be, null where there are several or none.</param>
internal sealed class UnsignedSources(bool hasSigners, string? onlySite)
{
    private const string Reason = "is not signed, and this image takes signed ones only";

    private readonly List<string> ignored = [];

    /// <summary>What was ignored of all sources so far, "disk: site is not signed, …".</summary>
    public IReadOnlyList<string> Ignored => ignored;

    public SourceReading Filter(SourceReading reading)
    {
        var refused = UnsignedFields
            .All.Where(field => hasSigners && IsRefused(field, reading.Facts))
            .ToList();
        if (refused.Count == 0)
        {
            return reading;
        }

        var reasons = refused.ConvertAll(field => $"{field.Name} {Reason}");
        ignored.AddRange(reasons.Select(reason => $"{reading.Record.Name}: {reason}"));
        return reading.With(
            refused.Aggregate(reading.Facts, (facts, field) => field.Without!(facts)),
            reasons
        );
    }

    /// <summary>To name the only site that there is chooses nothing.</summary>
    private bool IsRefused(UnsignedField field, Facts facts) =>
        field is { IsAccepted: false, IsPresent: { } isPresent }
        && isPresent(facts)
        && !(
            field.Member == nameof(OwnerData.SiteName)
            && onlySite is not null
            && facts.Owner.SiteName == onlySite
        );
}
