using Appliance.Build.Composition;
using Appliance.Build.Plans;
using Appliance.Imaging.Disk;
using Appliance.Imaging.Gpt;
using Appliance.Imaging.Tree;
using Appliance.Imaging.Ufs2;
using Appliance.Model.Profiles;
using Content = Appliance.Model.Profiles.PartitionContent;
using DiskContent = Appliance.Imaging.Disk.PartitionContent;
using DiskPartition = Appliance.Imaging.Disk.Partition;
using Partition = Appliance.Model.Profiles.Partition;

namespace Appliance.Build.Images;

/// <summary>Makes a disk of the profile's partitions and the composed tree.</summary>
internal static class DiskAssembly
{
    private const string MasterBootRecord = "/boot/pmbr";
    private const string BootCode = "/boot/gptboot";
    private const long Alignment = 1 << 20;

    /// <exception cref="BuildException">The sets lack a file that the disk needs.</exception>
    /// <exception cref="Imaging.ImagingException">The content does not fit.</exception>
    public static DiskPlan Plan(BuildRequest request, ComposedImage image)
    {
        var profile = request.Profile;
        var partitions = new List<DiskPartition>();
        foreach (var partition in profile.Partitions)
        {
            var size = SizeOf(profile, partition, partitions);
            partitions.Add(
                new DiskPartition(
                    partition.Label.Value,
                    PartitionTypes.Parse(Planner.TypeName(partition.Type)),
                    Planner.PartitionId(request, partition),
                    size,
                    ContentOf(request, image, partition, size)
                )
            );
        }

        return DiskPlan.Resolve(
            new DiskLayout(DeterministicGuid.FromSeed(Planner.Seed(request)), partitions)
            {
                Alignment = Alignment,
                Size = profile.Image.Size?.Value.Bytes,
                BootCode = BootsFromBios(profile) ? ReadAll(image.Tree, MasterBootRecord) : default,
            }
        );
    }

    private static bool BootsFromBios(Profile profile) =>
        profile.Partitions.Any(partition => partition.Content == Content.Bootcode);

    private static long? SizeOf(Profile profile, Partition partition, List<DiskPartition> before) =>
        partition.Size.Value switch
        {
            PartitionSize.Fixed value => value.Size.Bytes,
            PartitionSize.Rest => Rest(profile, before),
            _ => null,
        };

    /// <summary>What is left of the disk after the partitions before and the tables at both ends. The model lets only the last one ask.</summary>
    private static long Rest(Profile profile, List<DiskPartition> before)
    {
        var disk =
            profile.Image.Size?.Value.Bytes
            ?? throw new BuildException(
                BuildFailure.BadInput,
                "a partition that takes the rest needs an image size in the profile"
            );
        var used = before.Sum(partition =>
            RoundUp(partition.Size ?? partition.Content?.Length ?? 0)
        );
        return disk - used - 2 * Alignment;
    }

    private static long RoundUp(long size) => (size + Alignment - 1) / Alignment * Alignment;

    private static DiskContent? ContentOf(
        BuildRequest request,
        ComposedImage image,
        Partition partition,
        long? size
    ) =>
        partition.Content switch
        {
            Content.Root => RootFileSystem(request, image, partition, size),
            Content.Esp => EspFileSystem.Create(request, image, partition, size),
            Content.Bootcode => new RawContent(File(image.Tree, BootCode).Content),
            _ => null,
        };

    private static Ufs2FileSystem RootFileSystem(
        BuildRequest request,
        ComposedImage image,
        Partition partition,
        long? size
    )
    {
        var free = (partition.Size.Value as PartitionSize.Fit)?.Free;
        return Ufs2FileSystem.Plan(
            image.Tree,
            new Ufs2Options
            {
                Label = partition.Label.Value,
                Time = image.Time / 1_000_000_000,
                Id = DeterministicGuid.NumberFromSeed(
                    $"{Planner.Seed(request)}/{partition.Label.Value}/file system"
                ),
                BlockSize = (int)partition.FileSystem.BlockSize.Bytes,
                FragmentSize = (int)partition.FileSystem.FragmentSize.Bytes,
                Size = size,
                FreePercent = (free as FreeSpace.Percent)?.Value ?? 0,
                FreeBytes = (free as FreeSpace.Amount)?.Size.Bytes ?? 0,
                FreeInodes = FreeBytes(free, image) / (2 * partition.FileSystem.FragmentSize.Bytes),
            }
        );
    }

    /// <summary>
    /// The space that stays free gets as many inodes as newfs(8) would give it: one for two fragments. Without them the
    /// first few hundred files that the machine writes would use up what the image's own files have left.
    /// </summary>
    private static long FreeBytes(FreeSpace? free, ComposedImage image) =>
        free switch
        {
            FreeSpace.Amount amount => amount.Size.Bytes,
            FreeSpace.Percent percent => image
                .Tree.Walk()
                .Select(item => item.Node)
                .OfType<FileNode>()
                .Sum(file => file.Content.Length)
                * percent.Value
                / (100 - percent.Value),
            _ => 0,
        };

    private static byte[] ReadAll(FileTree tree, string path)
    {
        var content = File(tree, path).Content;
        var bytes = new byte[content.Length];
        content.Read(0, bytes);
        return bytes;
    }

    /// <summary>A file that the boot chain needs.</summary>
    public static FileNode File(FileTree tree, string path) =>
        tree.Find(path) as FileNode
        ?? throw new BuildException(
            BuildFailure.BadInput,
            $"the sets have no file {path}, which the profile's partitions need; is it left out?"
        );
}
