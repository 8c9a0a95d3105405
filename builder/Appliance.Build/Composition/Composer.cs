using System.Text;
using Appliance.Build.Overlays;
using Appliance.Build.Packages.Accounts;
using Appliance.Build.Packages.Installation;
using Appliance.Imaging.Tree;
using Appliance.Model.Profiles;
using Appliance.Rendering.Verdicts;
using Appliance.Sources.Store;

namespace Appliance.Build.Composition;

/// <summary>Lays sets, packages, overlay and rendered files over each other.</summary>
internal static class Composer
{
    /// <summary>The origin of what the composition itself adds.</summary>
    public const string ManifestOrigin = "manifest";

    /// <exception cref="BuildException">Sets, packages, profile and overlay do not fit each other.</exception>
    public static ComposedImage Compose(
        Profile profile,
        LoadedInputs inputs,
        IReadOnlyList<OverlayLayer> overlays,
        BaseSystem system
    )
    {
        var time = NewestTime(inputs.Layers);
        var tree = new FileTree(time);
        foreach (var (layer, payload) in inputs.Sets)
        {
            LayerTree.AddTo(tree, layer, payload);
        }

        var packages =
            inputs.Packages.Count > 0 ? PackageInstaller.Install(tree, inputs.Packages, time) : [];
        LockAccounts(tree, time);
        var leftOut = tree.LeaveOut([
            .. profile.LeaveOutPatterns.Select(pattern => pattern.ToString()),
        ]);
        if (packages.Count > 0)
        {
            PackageDatabase.AddTo(tree, packages, inputs.Packages, time);
        }

        var accounts = AccountTable.Of(tree);
        foreach (var overlay in overlays)
        {
            AddOverlay(tree, overlay, accounts, time);
        }

        SystemRelease.Check(tree, system);
        EnableBaseRepository(tree, profile, system, time);
        tree.AddFile(
            ImageBase.TargetPath,
            FileContent.FromBytes(system.ToRecord().Write()),
            NodeMetadata.DefaultFile(time),
            ManifestOrigin
        );
        AddManifest(tree, time);
        return new ComposedImage(tree, leftOut, packages, time);
    }

    /// <summary>A fresh base system has no password for root: whoever reaches the console before first boot would be root.</summary>
    private static void LockAccounts(FileTree tree, long time)
    {
        var accounts = AccountFiles.Of(tree);
        accounts.Lock();
        accounts.WriteTo(tree, time);
    }

    /// <summary>A clock would make two builds differ; the inputs' own newest time does not.</summary>
    private static long NewestTime(IEnumerable<Layer> layers) =>
        layers.SelectMany(layer => layer.Entries).Max(entry => entry.ModifiedNanoseconds);

    private static void AddOverlay(
        FileTree tree,
        OverlayLayer overlay,
        AccountTable accounts,
        long time
    )
    {
        foreach (var entry in overlay.Entries)
        {
            var metadata = new NodeMetadata(
                accounts.User(entry.Owner),
                accounts.Group(entry.Group),
                entry.Mode,
                time
            );
            if (entry.Content is { } content)
            {
                tree.AddFile(entry.Path, content, metadata, overlay.Name);
            }
            else
            {
                tree.AddDirectory(entry.Path, metadata, overlay.Name);
            }
        }
    }

    /// <summary>
    /// /etc/pkg/FreeBSD.conf has the repository of base packages and does not use it: with this file `pkg upgrade` patches
    /// the base system, too, as on a machine that bsdinstall(8) made of packages.
    /// </summary>
    private static void EnableBaseRepository(
        FileTree tree,
        Profile profile,
        BaseSystem system,
        long time
    )
    {
        if (
            system.Source == BaseSource.Packages
            && profile.Repositories.Any(repository => repository.IsOfficialBase)
        )
        {
            tree.AddFile(
                "/usr/local/etc/pkg/repos/FreeBSD-base.conf",
                FileContent.FromBytes("FreeBSD-base: { enabled: yes }\n"u8.ToArray()),
                NodeMetadata.DefaultFile(time),
                ManifestOrigin
            );
        }
    }

    /// <summary>The image carries its own specification, so that the running system can be compared with it.</summary>
    private static void AddManifest(FileTree tree, long time) =>
        tree.AddFile(
            MtreeSpecification.TargetPath,
            FileContent.FromBytes(Encoding.UTF8.GetBytes(MtreeSpecification.Write(tree))),
            NodeMetadata.DefaultFile(time),
            ManifestOrigin
        );
}
