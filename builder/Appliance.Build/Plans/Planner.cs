using Appliance.Build.Composition;
using Appliance.Build.Overlays;
using Appliance.Build.Packages.Installation;
using Appliance.Imaging.Disk;
using Appliance.Imaging.Tree;
using Appliance.Model.Profiles;
using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Sets;
using Partition = Appliance.Model.Profiles.Partition;

namespace Appliance.Build.Plans;

/// <summary>Writes down what a build consists of.</summary>
internal static class Planner
{
    /// <summary>Every identifier of an image follows from this seed and what it identifies.</summary>
    public static string Seed(BuildRequest request) =>
        $"{request.Document.Network}/{request.Document.Site}/{request.Profile.Name.Text}";

    public static BuildPlan Plan(
        BuildRequest request,
        BuildInputs inputs,
        IReadOnlyList<OverlayLayer> overlays,
        ComposedImage? composed
    ) =>
        new()
        {
            Network = request.Document.Network,
            Site = request.Choices is null ? request.Document.Site : null,
            Choices = request.Choices?.Select(choice => choice.Site).ToList(),
            Profile = request.Profile.Name.Text,
            Release = inputs.Sets.Release,
            Architecture = inputs.Sets.Architecture,
            Base = Base(BaseSystem.Of(inputs)),
            Inputs =
            [
                .. inputs.Sets.Sets.Select(SetInput),
                .. inputs.Packages.Select(PackageInput),
                .. overlays.Select(OverlayInput),
            ],
            DiskId = DeterministicGuid.FromSeed(Seed(request)),
            Partitions =
            [
                .. request.Profile.Partitions.Select(partition => Partition(request, partition)),
            ],
            Formats =
            [
                .. request.Profile.Image.Formats.Select(format => FormatNames.Of(format.Value)),
            ],
            Composition = composed is null ? null : Composition(composed),
        };

    /// <summary>GUID of a partition.</summary>
    public static Guid PartitionId(BuildRequest request, Partition partition) =>
        DeterministicGuid.FromSeed($"{Seed(request)}/{partition.Label.Value}");

    /// <summary>The partition type as gpart(8) writes it.</summary>
    public static string TypeName(PartitionType type) =>
        type switch
        {
            PartitionType.FreebsdBoot => "freebsd-boot",
            PartitionType.Efi => "efi",
            PartitionType.FreebsdUfs => "freebsd-ufs",
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
        };

    private static PlanBase Base(BaseSystem system) =>
        new(
            system.Source,
            system.Version.ToString(),
            system.Version.Userland,
            system.IsOfficial,
            system.ToString()
        );

    private static PlanInput SetInput(ResolvedSet set) =>
        new(
            set.Name,
            PlanInputKind.Set,
            set.Sha256,
            set.State == SetState.Cached ? set.Path : set.Url?.ToString() ?? set.Path,
            set.Size,
            set.State == SetState.Cached
        )
        {
            Official = set.IsOfficial,
        };

    private static PlanInput PackageInput(ResolvedPackage package) =>
        new(
            package.FullName,
            PlanInputKind.Package,
            package.Sha256,
            package.State == PackageState.Cached
                ? package.Path
                : package.Url?.ToString() ?? package.Path,
            package.Size,
            package.State == PackageState.Cached
        );

    private static PlanInput OverlayInput(OverlayLayer layer) =>
        new(
            layer.Name,
            layer.Name == RenderedLayer.Name ? PlanInputKind.Rendered : PlanInputKind.Overlay,
            layer.Digest(),
            layer.Location,
            layer.Size,
            Present: true
        );

    private static PlanPartition Partition(BuildRequest request, Partition partition) =>
        new(
            partition.Label.Value,
            TypeName(partition.Type),
            PartitionId(request, partition),
            partition.Content.ToString().ToLowerInvariant(),
            SizeText(partition.Size.Value)
        );

    private static string SizeText(PartitionSize size) =>
        size switch
        {
            PartitionSize.Fixed value => value.Size.ToString(),
            PartitionSize.Fit { Free: FreeSpace.Percent free } => $"fit, {free.Value} % free",
            PartitionSize.Fit { Free: FreeSpace.Amount free } => $"fit, {free.Size} free",
            _ => "rest",
        };

    private static PlanComposition Composition(ComposedImage composed) =>
        new()
        {
            Time = composed.Time,
            Files = [.. composed.Tree.Walk().Select(File)],
            Scripts = [.. composed.Packages.SelectMany(Scripts)],
            LeftOut =
            [
                .. composed.LeftOut.Patterns.Select(pattern => new PlanOmission(
                    pattern.Pattern,
                    pattern.Files,
                    pattern.Bytes
                )),
            ],
        };

    private static IEnumerable<PlanScript> Scripts(InstalledPackage package) =>
        package.Scripts.Select(script => new PlanScript(
            package.Package.FullName,
            script.Script.Kind,
            script.Language,
            script.Handling,
            [.. script.Reading.Effects.Select(effect => effect.ToString())],
            script.Reading.Unknown
        ));

    private static PlanFile File(TreeItem item) =>
        new()
        {
            Path = "/" + item.Path,
            Kind = item.Node switch
            {
                DirectoryNode => "directory",
                FileNode => "file",
                _ => "link",
            },
            Uid = item.Node.Metadata.Uid,
            Gid = item.Node.Metadata.Gid,
            Mode = Convert.ToString(item.Node.Metadata.Mode, 8).PadLeft(4, '0'),
            Size = (item.Node as FileNode)?.Content.Length,
            Sha256 = item.Node is FileNode file
                ? Convert.ToHexStringLower(ContentDigest.Of(file.Content))
                : null,
            Target = (item.Node as SymbolicLinkNode)?.Target,
            Origin = item.Node.Origin,
            Overrides = item.Node.Overrides,
        };
}
