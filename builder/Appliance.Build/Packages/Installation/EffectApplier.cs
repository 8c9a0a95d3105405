using Appliance.Build.Packages.Accounts;
using Appliance.Build.Packages.Scripts;
using Appliance.Imaging.Tree;

namespace Appliance.Build.Packages.Installation;

/// <summary>
/// Does what scripts do. Of a script that is known only in part, the accounts alone: its files need them, and the script
/// finds them there when it runs at first boot.
/// </summary>
internal sealed class EffectApplier(FileTree tree, AccountFiles accounts, long time)
{
    private const string Root = "root";
    private const string Wheel = "wheel";

    // 0755
    private const int FolderMode = 0b111_101_101;

    public void Apply(IEnumerable<ScriptDecision> scripts, LoadedPackage package)
    {
        foreach (var script in scripts)
        {
            foreach (var effect in script.Reading.Effects)
            {
                if (
                    script.Handling == ScriptHandling.Builder
                    || effect
                        is ScriptEffect.MakeGroup
                            or ScriptEffect.MakeUser
                            or ScriptEffect.JoinGroup
                )
                {
                    Apply(effect, package);
                }
            }
        }
    }

    private void Apply(ScriptEffect effect, LoadedPackage package)
    {
        switch (effect)
        {
            case ScriptEffect.MakeGroup { Group: var group }:
                accounts.Add(group, package.Origin);
                break;
            case ScriptEffect.MakeUser { User: var user }:
                accounts.Add(user, package.Origin);
                break;
            case ScriptEffect.JoinGroup { Member: var member }:
                accounts.Add(member, package.Origin);
                break;
            case ScriptEffect.MakeFolder folder:
                MakeFolder(folder, package);
                break;
            case ScriptEffect.SetOwner owner:
                SetOwner(owner, package);
                break;
            case ScriptEffect.CopySample sample:
                Copy(sample, package);
                break;
        }
    }

    private void MakeFolder(ScriptEffect.MakeFolder folder, LoadedPackage package)
    {
        var (uid, gid, mode, found) = tree.Find(folder.Path) is DirectoryNode there
            ? (
                there.Metadata.Uid,
                there.Metadata.Gid,
                there.Metadata.Mode,
                (NodeMetadata?)there.Metadata
            )
            : (Uid(Root, package), Gid(Wheel, package), FolderMode, null);
        var metadata = new NodeMetadata(
            folder.Owner is { } owner ? Uid(owner, package) : uid,
            folder.Group is { } group ? Gid(group, package) : gid,
            folder.Mode ?? mode,
            time
        );
        if (found is null)
        {
            tree.AddDirectory(folder.Path, metadata, package.Origin);
        }
        else
        {
            tree.SetMetadata(folder.Path, metadata with { Flags = found.Value.Flags });
        }
    }

    private void SetOwner(ScriptEffect.SetOwner change, LoadedPackage package)
    {
        if (tree.Find(change.Path) is not { } node)
        {
            throw new BuildException(
                BuildFailure.BadInput,
                $"package {package.Origin}: its script changes {change.Path}, which is not there"
            );
        }

        tree.SetMetadata(
            change.Path,
            node.Metadata with
            {
                Uid = change.Owner is { } owner ? Uid(owner, package) : node.Metadata.Uid,
                Gid = change.Group is { } group ? Gid(group, package) : node.Metadata.Gid,
                Mode = change.Mode ?? node.Metadata.Mode,
            }
        );
    }

    /// <summary>cp -p, unless the configuration is there: an operator's own, or another package's.</summary>
    private void Copy(ScriptEffect.CopySample copy, LoadedPackage package)
    {
        if (tree.Find(copy.Target) is not null)
        {
            return;
        }

        if (tree.Find(copy.Sample) is not FileNode sample)
        {
            throw new BuildException(
                BuildFailure.BadInput,
                $"package {package.Origin}: its script copies {copy.Sample}, which is no file of the image"
            );
        }

        tree.AddFile(copy.Target, sample.Content, sample.Metadata, package.Origin);
    }

    private uint Uid(string name, LoadedPackage package) =>
        accounts.Uid(name) ?? throw Unknown("user", name, package);

    private uint Gid(string name, LoadedPackage package) =>
        accounts.Gid(name) ?? throw Unknown("group", name, package);

    private static BuildException Unknown(string kind, string name, LoadedPackage package) =>
        new(
            BuildFailure.BadInput,
            $"package {package.Origin}: its script names the {kind} '{name}', which does not exist"
        );
}
