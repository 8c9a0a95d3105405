using System.Globalization;
using Appliance.FirstBoot.Http;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Metadata;
using Appliance.FirstBoot.Signatures;
using Appliance.Rendering.Verdicts;

namespace Appliance.FirstBoot.Sources;

/// <summary>Asks every source in the stated order: image, cidata, config-2, disk, smbios, http.</summary>
/// <param name="machine">The operating system.</param>
/// <param name="connector">Reaches metadata services.</param>
internal sealed class Gatherer(IMachine machine, IConnector connector)
{
    /// <param name="asksSources">False: what the image and the firmware say, and the problem that nobody else was asked.</param>
    /// <param name="hasEarlierDocument">An earlier run stored one, so that nobody has to be asked for one.</param>
    public Gathering Gather(bool asksSources = true, bool hasEarlierDocument = false)
    {
        var image = new ImageDocuments(machine);
        var smbios = Smbios.Read(machine);
        if (!asksSources)
        {
            return new Gathering
            {
                Image = image,
                Smbios = smbios,
                Records = [image.Record],
                Facts = new Facts(),
                Problem = "the first-boot service hung and was ended",
            };
        }

        using var scan = new DiskScan(machine);
        var unsigned = new UnsignedSources(new DocumentSignature(machine).IsNeeded, image.OnlySite);
        var readings = DiskSources.Read(scan).Select(unsigned.Filter).ToList();
        var hasDocument =
            hasEarlierDocument || image.Own is not null || readings.Exists(HasDocument);
        if (!readings.Exists(reading => reading.IsFatal))
        {
            var network = AskNetwork(smbios, hasDocument);
            readings.AddRange(network.Select(unsigned.Filter));
        }

        return new Gathering
        {
            Image = image,
            Smbios = smbios,
            Records =
            [
                image.Record,
                .. readings.Select(reading => reading.Record),
                .. Unreadable(scan),
            ],
            Facts = readings.Aggregate(new Facts(), (facts, reading) => facts.With(reading.Facts)),
            Unsigned = unsigned.Ignored,
            Problem = Problem(readings),
        };
    }

    private static bool HasDocument(SourceReading reading) =>
        reading.Facts.Owner is { Document: not null } or { SiteName: not null };

    /// <summary>Whatever goes wrong with the network takes nothing from what the disks said.</summary>
    private IReadOnlyList<SourceReading> AskNetwork(Smbios smbios, bool hasDocument)
    {
        try
        {
            return new NetworkSources(machine, connector).Read(smbios, hasDocument);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return
            [
                SourceReading.Failed(
                    NetworkSources.HttpName,
                    null,
                    $"{exception.GetType().Name}: {exception.Message}",
                    isFatal: false
                ),
            ];
        }
    }

    /// <summary>Disks with a file system of a seed that is damaged: nobody knows whose they were.</summary>
    private static IEnumerable<SourceRecord> Unreadable(DiskScan scan) =>
        scan
            .Disks.Where(disk => disk.Problem is not null)
            .Select(disk => new SourceRecord
            {
                Name = "disk",
                State = SourceState.Failed,
                Place = disk.Path,
                Note = disk.Problem,
            });

    private static string? Problem(IReadOnlyList<SourceReading> readings)
    {
        if (readings.FirstOrDefault(reading => reading.IsFatal)?.Record is { } failed)
        {
            return $"{failed.Name} on {failed.Place}: {failed.Note}";
        }

        var documents = readings
            .Where(reading => reading.Facts.Owner.Document is not null)
            .ToList();
        return documents.Skip(1).All(other => IsSame(documents[0], other))
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{documents.Count} sources carry a site document, and they differ: leave one"
            );
    }

    private static bool IsSame(SourceReading one, SourceReading other) =>
        one.Facts.Owner.Document.AsSpan().SequenceEqual(other.Facts.Owner.Document);
}
