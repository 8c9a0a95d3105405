using System.Diagnostics;
using Appliance.Build.Composition;
using Appliance.Build.Packages.Accounts;
using Appliance.Build.Packages.Scripts;
using Appliance.Imaging.Tree;
using Appliance.Sources.Packages.Manifests;
using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Store;

namespace Appliance.Build.Packages.Installation;

/// <summary>
/// Lays packages over a file tree as `pkg add` lays them over a root: accounts, files with their owners, modes and flags,
/// and what their scripts do. No script is run.
/// </summary>
internal sealed class PackageInstaller
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    private readonly FileTree tree;
    private readonly long time;
    private readonly AccountFiles accounts;
    private readonly EffectApplier effects;
    private readonly HashSet<string> packageOrigins = new(StringComparer.Ordinal);

    private PackageInstaller(FileTree tree, long time)
    {
        this.tree = tree;
        this.time = time;
        accounts = AccountFiles.Of(tree);
        effects = new EffectApplier(tree, accounts, time);
    }

    /// <summary>Installs packages, those that are needed first.</summary>
    /// <param name="tree">The base system; it is changed.</param>
    /// <param name="packages">All packages of the image.</param>
    /// <param name="time">Time of what has none of its own, nanoseconds since 1970.</param>
    /// <returns>The packages in the order in which they were installed.</returns>
    /// <exception cref="BuildException">A package does not fit the system or another package.</exception>
    public static IReadOnlyList<InstalledPackage> Install(
        FileTree tree,
        IReadOnlyList<LoadedPackage> packages,
        long time
    )
    {
        var ordered = PackageOrder.Sort(packages, package => package.Manifest);
        BaseAccounts.Place(tree, ordered);
        var installer = new PackageInstaller(tree, time);
        var installed = ordered.Select(installer.Install).ToList();
        installer.accounts.WriteTo(tree, time);
        FirstBootScripts.AddTo(tree, installed, time);
        PackageServices.AddTo(tree, installed, time);
        return installed;
    }

    private InstalledPackage Install(LoadedPackage package)
    {
        var scripts = ScriptDecisions.Of(package.Manifest);
        packageOrigins.Add(package.Origin);
        effects.Apply(scripts.Where(IsBeforeFiles), package);
        AddContent(package);
        effects.Apply(scripts.Where(script => !IsBeforeFiles(script)), package);
        return new InstalledPackage(package.Package, package.Manifest, scripts);
    }

    private static bool IsBeforeFiles(ScriptDecision decision) =>
        decision.Script.Kind == PackageScriptKind.PreInstall;

    private void AddContent(LoadedPackage package)
    {
        var times = package
            .Manifest.Files.Where(file => file.ModifiedSeconds is > 0)
            .ToDictionary(
                file => file.Path,
                file => file.ModifiedSeconds!.Value,
                StringComparer.Ordinal
            );
        foreach (var entry in package.Content.Layer.Entries.Where(entry => entry.Path != "."))
        {
            var path = "/" + entry.Path;
            CheckFree(path, entry, package);
            Add(path, entry, Metadata(path, entry, times, package), package);
        }
    }

    private void Add(string path, LayerEntry entry, NodeMetadata metadata, LoadedPackage package)
    {
        switch (entry.Kind)
        {
            case LayerEntryKind.Directory:
                tree.AddDirectory(path, metadata, package.Origin);
                break;
            case LayerEntryKind.File:
                tree.AddFile(
                    path,
                    new DigestedContent(
                        FileContent.FromFile(
                            package.Payload.Handle,
                            entry.PayloadOffset,
                            entry.Length
                        ),
                        entry.Sha256
                    ),
                    metadata,
                    package.Origin
                );
                break;
            case LayerEntryKind.SymbolicLink:
                tree.AddSymbolicLink(path, entry.LinkTarget, metadata, package.Origin);
                break;
            case LayerEntryKind.HardLink:
                tree.AddHardLink(path, entry.LinkTarget, package.Origin);
                break;
            default:
                throw new UnreachableException($"{entry.Kind}");
        }
    }

    /// <summary>Two packages may share a directory, and nothing else.</summary>
    private void CheckFree(string path, LayerEntry entry, LoadedPackage package)
    {
        if (
            tree.Find(path) is { } other
            && packageOrigins.Contains(other.Origin)
            && !(other is DirectoryNode && entry.Kind == LayerEntryKind.Directory)
        )
        {
            throw new BuildException(
                BuildFailure.BadInput,
                other.Origin == package.Origin
                    ? $"package {package.Origin}: {path} is in it twice"
                    : $"package {package.Origin}: {path} belongs to package {other.Origin} already; "
                        + "they cannot be in one image"
            );
        }
    }

    private NodeMetadata Metadata(
        string path,
        LayerEntry entry,
        Dictionary<string, long> times,
        LoadedPackage package
    )
    {
        var modified = times.TryGetValue(path, out var seconds)
            ? seconds * NanosecondsPerSecond
            : entry.ModifiedNanoseconds;
        return new NodeMetadata(
            Number(accounts.Uid(entry.UserName), "user", entry.UserName, path, package),
            Number(accounts.Gid(entry.GroupName), "group", entry.GroupName, path, package),
            entry.Mode,
            entry.Flags,
            modified == 0 ? time : modified,
            modified == 0 ? time : modified
        );
    }

    /// <summary>pkg gives a file of an unknown owner to root; an image that was specified has none.</summary>
    private static uint Number(
        uint? number,
        string kind,
        string name,
        string path,
        LoadedPackage package
    ) =>
        number
        ?? throw new BuildException(
            BuildFailure.BadInput,
            $"package {package.Origin}: {path} belongs to the {kind} '{name}', which neither the base system has nor "
                + "a script of the package makes in a way that is known"
        );
}
