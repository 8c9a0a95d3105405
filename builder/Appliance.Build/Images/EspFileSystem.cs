using Appliance.Build.Composition;
using Appliance.Build.Plans;
using Appliance.Imaging.Disk;
using Appliance.Imaging.Fat;
using Appliance.Imaging.Tree;
using Appliance.Model.Profiles;
using Partition = Appliance.Model.Profiles.Partition;

namespace Appliance.Build.Images;

/// <summary>The EFI system partition: FreeBSD's loader under the name that firmware looks for by itself.</summary>
internal static class EspFileSystem
{
    /// <summary>Firmware forgets its boot variables, and a new machine has none: only this path always works (UEFI 2.10, 3.5.1.1).</summary>
    private const string FallbackPath = "/EFI/BOOT/BOOTX64.EFI";

    private const string Loader = "/boot/loader_lua.efi";

    /// <exception cref="BuildException">The sets have no EFI loader.</exception>
    /// <exception cref="Imaging.ImagingException">The size makes no valid FAT.</exception>
    public static FatFileSystem Create(
        BuildRequest request,
        ComposedImage image,
        Partition partition,
        long? size
    )
    {
        var loader = DiskAssembly.File(image.Tree, Loader);
        var tree = new FileTree(image.Time);
        tree.AddFile(FallbackPath, loader.Content, loader.Metadata, loader.Origin);
        return FatFileSystem.Plan(
            tree,
            new FatOptions
            {
                Size =
                    size
                    ?? throw new BuildException(
                        BuildFailure.BadInput,
                        $"the EFI partition '{partition.Label.Value}' needs a fixed size"
                    ),
                VolumeId = (uint)
                    DeterministicGuid.NumberFromSeed(
                        $"{Planner.Seed(request)}/{partition.Label.Value}/volume"
                    ),
                Label = "EFISYS",
            }
        );
    }
}
