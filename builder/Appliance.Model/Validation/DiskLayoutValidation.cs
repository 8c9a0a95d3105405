using Appliance.Model.Profiles;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>Partitions together: what must be there once, and whether all fit the image.</summary>
internal static class DiskLayoutValidation
{
    /// <summary>Both GPTs and the alignment of the first partition.</summary>
    private const long Overhead = 2 << 20;

    public static void Validate(Profile profile, Report report)
    {
        if (report.HasErrorsUnder("$.partitions") && profile.Partitions.Count == 0)
        {
            return;
        }

        CheckRoot(profile, report);
        CheckBootPaths(profile, report);
        CheckRest(profile, report);
        CheckSum(profile, report);
    }

    private static void CheckRoot(Profile profile, Report report)
    {
        var roots = profile.Partitions.Where(p => p.Content == PartitionContent.Root).ToList();
        foreach (var second in roots.Skip(1))
        {
            report.Add(
                FindingCatalogue.RootCount,
                second.At,
                $"there already is a root, {roots[0].Label}",
                "a second slot has content: empty"
            );
        }

        if (roots.Count == 0 && IsComplete(profile, report))
        {
            report.Add(
                FindingCatalogue.RootCount,
                profile.Partitions[0].At,
                "no partition has content: root"
            );
        }
    }

    private static void CheckBootPaths(Profile profile, Report report)
    {
        if (!IsComplete(profile, report))
        {
            return;
        }

        var bios = profile.Partitions.Any(p => p.Content == PartitionContent.Bootcode);
        var uefi = profile.Partitions.Any(p => p.Content == PartitionContent.Esp);
        if (!bios && !uefi)
        {
            report.Add(
                FindingCatalogue.NoBootPath,
                profile.Partitions[0].At,
                "no partition has content: bootcode or esp",
                "have both, so that the image boots on BIOS and on UEFI"
            );
        }
        else if (bios != uefi)
        {
            report.Add(
                FindingCatalogue.NoBiosAndUefi,
                profile.Partitions[0].At,
                bios ? "the image boots on BIOS only" : "the image boots on UEFI only",
                bios
                    ? "{label: esp, type: efi, size: 34M, content: esp}"
                    : "{label: bootcode, type: freebsd-boot, size: 512K, content: bootcode}"
            );
        }
    }

    private static void CheckRest(Profile profile, Report report)
    {
        foreach (var partition in profile.Partitions)
        {
            if (partition.Size.Value is not PartitionSize.Rest)
            {
                continue;
            }

            if (partition != profile.Partitions[^1])
            {
                report.Add(
                    FindingCatalogue.RestNotLast,
                    partition.Size.At,
                    $"{partition.Label} takes the rest, but others follow it"
                );
            }

            if (profile.Image.Size is null && !report.HasErrorsUnder("$.image"))
            {
                report.Add(
                    FindingCatalogue.NoImageSize,
                    partition.Size.At,
                    "the image has no size of which there could be a rest",
                    "image: {formats: [raw], size: 4G}"
                );
            }
        }
    }

    private static void CheckSum(Profile profile, Report report)
    {
        var sum =
            Overhead
            + profile
                .Partitions.Select(p => p.Size.Value)
                .OfType<PartitionSize.Fixed>()
                .Sum(size => size.Size.Bytes);
        if (profile.Image.Size is { } size && size.Value.Bytes < sum)
        {
            report.Add(
                FindingCatalogue.ImageTooSmall,
                size.At,
                $"the partitions need {new ByteSize(sum)}, the image has {size}"
            );
        }
    }

    private static bool IsComplete(Profile profile, Report report) =>
        profile.Partitions.Count > 0 && !report.HasErrorsUnder("$.partitions");
}
