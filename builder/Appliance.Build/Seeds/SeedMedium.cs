using System.Text;
using Appliance.Imaging.Disk;
using Appliance.Imaging.Fat;
using Appliance.Imaging.Iso;
using Appliance.Imaging.Tree;

namespace Appliance.Build.Seeds;

/// <summary>Seed files as a medium: labelled so that the machine's first-boot service, and cloud-init, know it.</summary>
public static class SeedMedium
{
    /// <summary>FAT has capital letters only; both spellings are looked for.</summary>
    private const string FatLabel = "CIDATA";
    private const string IsoLabel = "cidata";

    private const string Origin = "seed";
    private const int OwnerOnly = 0b110_000_000;
    private const long Smallest = 4L << 20;
    private const long Step = 1L << 20;

    /// <summary>A FAT16 file system without a partition table, of whole mebibytes.</summary>
    /// <param name="files">Name and text.</param>
    /// <param name="time">Of every file, nanoseconds since 1970-01-01 UTC.</param>
    public static PartitionContent Fat(IReadOnlyList<(string Name, string Text)> files, long time)
    {
        ArgumentNullException.ThrowIfNull(files);
        var content = files.Sum(file => (long)Encoding.UTF8.GetByteCount(file.Text));
        return FatFileSystem.Plan(
            Tree(files, time),
            new FatOptions
            {
                Size = Smallest + ((content + Step - 1) / Step * Step),
                VolumeId = (uint)
                    DeterministicGuid.NumberFromSeed(
                        string.Concat(files.Select(file => file.Text))
                    ),
                Label = FatLabel,
                Kind = FatKind.Fat16,
                ClusterSize = 512,
            }
        );
    }

    /// <summary>An ISO 9660 file system.</summary>
    public static PartitionContent Iso(IReadOnlyList<(string Name, string Text)> files, long time)
    {
        ArgumentNullException.ThrowIfNull(files);
        return IsoFileSystem.Plan(
            Tree(files, time),
            new IsoOptions { Label = IsoLabel, Time = time }
        );
    }

    private static FileTree Tree(IReadOnlyList<(string Name, string Text)> files, long time)
    {
        var tree = new FileTree(time);
        foreach (var (name, text) in files)
        {
            tree.AddFile(
                name,
                FileContent.FromBytes(Encoding.UTF8.GetBytes(text)),
                new NodeMetadata(0, 0, OwnerOnly, time),
                Origin
            );
        }

        return tree;
    }
}
