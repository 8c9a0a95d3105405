using Appliance.Model.Profiles;
using Appliance.Model.Reports;
using Appliance.Model.Values;
using Appliance.Model.Yaml;

namespace Appliance.Model.Validation;

/// <summary>Single partitions: labels, types, sizes.</summary>
internal static class PartitionValidation
{
    /// <summary>UTF-16 units of ent_name in sys/disk/gpt.h.</summary>
    private const int LongestLabel = 36;

    private const long KiB = 1024;
    private const long MiB = 1024 * KiB;
    private const long Alignment = 4 * KiB;

    /// <summary>65525 clusters of 512 bytes and the two FATs, rounded up.</summary>
    private const long SmallestEsp = 33 * MiB;

    /// <summary>gptboot and the area it must not outgrow (pmbr.S reads no more than 545 KiB).</summary>
    private const long SmallestBootcode = 64 * KiB;
    private const long LargestBootcode = 545 * KiB;

    private const long SmallestRoot = 128 * MiB;

    private static readonly Dictionary<PartitionContent, PartitionType[]> TypesOf = new()
    {
        [PartitionContent.Root] = [PartitionType.FreebsdUfs],
        [PartitionContent.Esp] = [PartitionType.Efi],
        [PartitionContent.Bootcode] = [PartitionType.FreebsdBoot],
        [PartitionContent.Empty] = [PartitionType.FreebsdUfs, PartitionType.Efi],
    };

    public static void Validate(Profile profile, Report report)
    {
        var labels = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var partition in profile.Partitions)
        {
            CheckLabel(report, partition, labels);
            CheckContent(report, partition);
            CheckSize(report, partition);
            CheckFileSystem(report, partition);
        }
    }

    private static void CheckLabel(
        Report report,
        Partition partition,
        Dictionary<string, int> labels
    )
    {
        var label = partition.Label;
        if (label.Value.Length > LongestLabel)
        {
            report.Add(
                FindingCatalogue.LabelTooLong,
                label.At,
                $"{Quoted.Text(label.Value)} has {label.Value.Length} characters; GPT holds {LongestLabel}"
            );
        }
        else if (!IsDeviceName(label.Value))
        {
            report.Add(
                FindingCatalogue.LabelOdd,
                label.At,
                $"{Quoted.Text(label.Value)} cannot be a device name: use letters, digits and any of . _ -"
            );
        }

        if (!labels.TryAdd(label.Value, label.At.Span.Line))
        {
            report.Add(
                FindingCatalogue.LabelTwice,
                label.At,
                $"the label {Quoted.Text(label.Value)} already stands in line {labels[label.Value]}"
            );
        }
    }

    private static bool IsDeviceName(string label) =>
        label.Length > 0
        && char.IsAsciiLetterOrDigit(label[0])
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static void CheckContent(Report report, Partition partition)
    {
        if (!TypesOf[partition.Content].Contains(partition.Type))
        {
            report.Add(
                FindingCatalogue.ContentMismatch,
                partition.At,
                $"a partition of this type cannot hold {Name(partition.Content)}",
                "root belongs into freebsd-ufs, esp into efi, bootcode into freebsd-boot"
            );
        }
    }

    private static void CheckSize(Report report, Partition partition)
    {
        if (partition.Size.Value is PartitionSize.Fit && partition.Content != PartitionContent.Root)
        {
            report.Add(
                FindingCatalogue.FreeWithoutFit,
                partition.Size.At,
                $"only root can be made to fit its content; {Name(partition.Content)} needs a size"
            );
        }

        if (partition.Size.Value is not PartitionSize.Fixed { Size.Bytes: var bytes } size)
        {
            return;
        }

        if (bytes % Alignment != 0)
        {
            report.Add(
                FindingCatalogue.SizeUnaligned,
                partition.Size.At,
                $"{size.Size} is no multiple of 4K"
            );
        }

        CheckSizeOfContent(report, partition, size.Size);
    }

    private static void CheckSizeOfContent(Report report, Partition partition, ByteSize size)
    {
        switch (partition.Content)
        {
            case PartitionContent.Esp when size.Bytes < SmallestEsp:
                report.Add(
                    FindingCatalogue.EspTooSmall,
                    partition.Size.At,
                    $"{size} is too small for FAT32, which needs {new ByteSize(SmallestEsp)}"
                );
                break;
            case PartitionContent.Bootcode
                when size.Bytes is < SmallestBootcode or > LargestBootcode:
                report.Add(
                    FindingCatalogue.BootcodeSize,
                    partition.Size.At,
                    $"boot code has {new ByteSize(SmallestBootcode)} to {new ByteSize(LargestBootcode)}, not {size}",
                    "512K is usual"
                );
                break;
            case PartitionContent.Root when size.Bytes < SmallestRoot:
                report.Add(
                    FindingCatalogue.RootTooSmall,
                    partition.Size.At,
                    $"{size} cannot hold a base system and a kernel",
                    "size: fit makes it as large as its content and some free space"
                );
                break;
        }
    }

    private static void CheckFileSystem(Report report, Partition partition)
    {
        var block = partition.FileSystem.BlockSize.Bytes;
        var fragment = partition.FileSystem.FragmentSize.Bytes;
        var isUsable =
            block is >= 4096 and <= 65536
            && long.IsPow2(block)
            && long.IsPow2(fragment)
            && fragment >= 512
            && fragment <= block
            && block / fragment <= 8;
        if (!isUsable)
        {
            report.Add(
                FindingCatalogue.FileSystemOptions,
                partition.At,
                $"blocks of {partition.FileSystem.BlockSize} with fragments of {partition.FileSystem.FragmentSize} are no UFS2",
                "block: 32K with fragment: 4K is usual"
            );
        }
    }

    private static string Name(PartitionContent content) =>
        content switch
        {
            PartitionContent.Root => "root",
            PartitionContent.Esp => "esp",
            PartitionContent.Bootcode => "bootcode",
            PartitionContent.Empty => "empty space",
        };
}
