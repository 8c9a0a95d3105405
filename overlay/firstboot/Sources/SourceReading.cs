using Appliance.FirstBoot.Metadata;
using Appliance.Rendering.Verdicts;

namespace Appliance.FirstBoot.Sources;

/// <summary>What a source said, and the record of it.</summary>
/// <param name="Record">For the verdict.</param>
/// <param name="Facts">Empty unless the source was used.</param>
/// <param name="IsFatal">Somebody meant this source for this machine, and it cannot be read: going on would be a guess.</param>
internal sealed record SourceReading(SourceRecord Record, Facts Facts, bool IsFatal = false)
{
    private static readonly Facts Nothing = new();

    public static SourceReading Absent(string name) => Of(name, SourceState.Absent, null);

    public static SourceReading Skipped(string name, string why) =>
        Of(name, SourceState.Skipped, why);

    public static SourceReading Failed(string name, string? place, string why, bool isFatal) =>
        new(
            new SourceRecord
            {
                Name = name,
                State = SourceState.Failed,
                Place = place,
                Note = why,
            },
            Nothing,
            isFatal
        );

    /// <summary>
    /// A source that was read. Files of it that could not be are its problem, which forbids to infer a document; what the
    /// others said counts all the same.
    /// </summary>
    public static SourceReading Used(string name, string place, Facts facts, string? note = null) =>
        new(
            new SourceRecord
            {
                Name = name,
                State = facts.Problems.Count == 0 ? SourceState.Used : SourceState.Failed,
                Place = place,
                Gave = [.. Gifts(facts)],
                Ignored = [.. facts.Ignored.Distinct()],
                Note = facts.Problems.Count == 0 ? note : string.Join("; ", facts.Problems),
            },
            facts,
            IsFatal: facts.Problems.Count > 0
        );

    /// <summary>The same source when some of what it said is ignored.</summary>
    public SourceReading With(Facts facts, IEnumerable<string> ignored) =>
        this with
        {
            Facts = facts,
            Record = Record with
            {
                Gave = [.. Gifts(facts)],
                Ignored = [.. Record.Ignored, .. ignored],
            },
        };

    /// <summary>Names and counts; values may be secret.</summary>
    private static IEnumerable<string> Gifts(Facts facts)
    {
        (bool Has, string Gift)[] gifts =
        [
            (facts.Owner.Document is not null, "document"),
            (facts.Owner.SiteName is not null, "site name"),
            (facts.InstanceId is not null, "instance-id"),
            (facts.Hostname is not null, "hostname"),
            (facts.Owner.ConsolePassword is not null, "console password"),
        ];
        (int Count, string Gift)[] counted =
        [
            (facts.Interfaces.Count, "interfaces"),
            (facts.Interfaces.Sum(item => item.Addresses.Count), "addresses"),
            (facts.SshKeys.Count + facts.Owner.SshKeys.Count, "ssh keys"),
            (facts.Owner.SshFrom.Count, "ssh sources"),
            (facts.Owner.Secrets.Count, "secrets"),
            (facts.Nameservers.Count, "nameservers"),
        ];
        return gifts
            .Where(gift => gift.Has)
            .Select(gift => gift.Gift)
            .Concat(
                counted.Where(gift => gift.Count > 0).Select(gift => $"{gift.Count} {gift.Gift}")
            );
    }

    private static SourceReading Of(string name, SourceState state, string? note) =>
        new(
            new SourceRecord
            {
                Name = name,
                State = state,
                Note = note,
            },
            Nothing
        );
}
