using System.Text;
using Appliance.Build.Packages.Installation;
using Appliance.Imaging.Tree;
using Appliance.Sources.Packages.Archives;
using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Sets;

namespace Appliance.Build.Tests.Packages.Installation;

/// <summary>A base system of four files, and packages installed into it.</summary>
internal sealed class PackageSystem : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-pkgs-");
    private readonly List<LoadedPackage> loaded = [];

    public PackageSystem()
    {
        Add("/etc/master.passwd", "root:*:0:0::0:0:Charlie &:/root:/bin/sh\n");
        Add("/etc/group", "wheel:*:0:root\n");
    }

    public const long Time = 1_764_633_600_000_000_000;

    public FileTree Tree { get; } = new(Time);

    /// <summary>The packages that were installed, with their content.</summary>
    public IReadOnlyList<LoadedPackage> Loaded => loaded;

    public CacheLocation Cache => new(folder.FullName);

    public IReadOnlyList<InstalledPackage> Install(params IReadOnlyList<ResolvedPackage> packages)
    {
        var store = new PackageStore(Cache);
        foreach (var package in packages)
        {
            var content = store.Get(package, null, TestContext.Current.CancellationToken);
            loaded.Add(new LoadedPackage(content, content.Layer.Open()));
        }

        return PackageInstaller.Install(Tree, loaded, Time);
    }

    public void Add(string path, string text) =>
        Tree.AddFile(
            path,
            FileContent.FromBytes(Encoding.UTF8.GetBytes(text)),
            NodeMetadata.DefaultFile(0),
            "base"
        );

    public string Text(string path) => Encoding.UTF8.GetString(Bytes(path));

    public byte[] Bytes(string path)
    {
        var content = Assert.IsType<FileNode>(Tree.Find(path)).Content;
        var bytes = new byte[content.Length];
        content.Read(0, bytes);
        return bytes;
    }

    /// <summary>Owner, group and mode as "777:777 4550".</summary>
    public string Owner(string path)
    {
        var metadata = Tree.Find(path)!.Metadata;
        return $"{metadata.Uid}:{metadata.Gid} {Convert.ToString(metadata.Mode, 8)}";
    }

    public void Dispose()
    {
        loaded.ForEach(package => package.Payload.Dispose());
        folder.Delete(recursive: true);
    }
}
