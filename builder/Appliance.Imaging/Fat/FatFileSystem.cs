using System.Buffers.Binary;
using Appliance.Imaging.Disk;
using Appliance.Imaging.Tree;

namespace Appliance.Imaging.Fat;

/// <summary>
/// A FAT16 or FAT32 file system, planned to its last cluster but not written. Every file lies in one piece. Owners and modes
/// are not kept: FAT has none.
/// </summary>
public sealed class FatFileSystem : PartitionContent
{
    private const long LargestFile = uint.MaxValue;

    /// <summary>Entries of one directory.</summary>
    private const int LargestDirectory = 65536;

    private readonly FatOptions _options;
    private readonly TreeSnapshot _tree;
    private readonly FatGeometry _geometry;

    /// <summary>For each node its first cluster; 0 is none. The cluster after the last node's ends the list.</summary>
    private readonly long[] _clusters;
    private readonly long[] _lengths;
    private readonly long _nextCluster;

    private FatFileSystem(FatOptions options, TreeSnapshot tree)
    {
        _options = options;
        _tree = tree;
        _geometry = FatGeometry.Choose(options);
        _lengths = MeasureNodes();
        _clusters = new long[_lengths.Length];
        _nextCluster = FatGeometry.FirstCluster;
        for (int node = 0; node < _lengths.Length; node++)
        {
            if (node == 0 && Kind == FatKind.Fat16)
            {
                CheckRoot();
                continue;
            }
            long count = ClustersOf(node);
            _clusters[node] = count == 0 ? 0 : _nextCluster;
            _nextCluster += count;
        }
        long used = _nextCluster - FatGeometry.FirstCluster;
        if (used > _geometry.Clusters)
        {
            throw new NoRoomException(
                "The FAT file system",
                options.Size,
                options.Size + ((used - _geometry.Clusters) * _geometry.ClusterSize)
            );
        }
    }

    /// <inheritdoc/>
    public override long Length => _options.Size;

    /// <summary>FAT16 or FAT32.</summary>
    public FatKind Kind => _geometry.Kind;

    /// <summary>Clusters for data.</summary>
    public long ClusterCount => _geometry.Clusters;

    /// <summary>Bytes of a cluster.</summary>
    public int ClusterSize => _geometry.ClusterSize;

    /// <summary>Plans a file system that holds a tree of directories and regular files.</summary>
    /// <exception cref="NoRoomException">The tree does not fit.</exception>
    /// <exception cref="ImagingException">The size makes no valid FAT, or a node is nothing that FAT can hold.</exception>
    public static FatFileSystem Plan(FileTree tree, FatOptions options)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(options);
        var snapshot = new TreeSnapshot(tree.Root);
        CheckNodes(snapshot);
        return new FatFileSystem(options, snapshot);
    }

    /// <inheritdoc/>
    public override void Write(
        IImageTarget target,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(target);
        var window = new WindowWriter(target, _geometry.ClusterSize);
        WriteBootSectors(window);
        WriteTables(window);
        int nextDirectory = 0;
        for (int node = 0; node < _tree.Nodes.Count; node++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_tree.Nodes[node] is FileNode { Content: FileContent content })
            {
                window.Copy(content, 0, _geometry.OffsetOf(_clusters[node]), content.Length);
                progress?.Report(content.Length);
            }
            else
            {
                WriteDirectory(window, _tree.Directories[nextDirectory++]);
            }
        }
        window.Flush();
    }

    private void WriteBootSectors(WindowWriter window)
    {
        byte[] boot = BootSector.Encode(_geometry, _options);
        window.Write(0, boot);
        if (Kind == FatKind.Fat16)
        {
            return;
        }
        long free = _geometry.Clusters + FatGeometry.FirstCluster - _nextCluster;
        byte[] information = BootSector.EncodeInformation(free, _nextCluster);
        window.Write(BootSector.InformationSector * FatGeometry.SectorSize, information);
        window.Write(BootSector.BackupSector * FatGeometry.SectorSize, boot);
        window.Write(
            (BootSector.BackupSector + BootSector.InformationSector) * FatGeometry.SectorSize,
            information
        );
    }

    private void WriteTables(WindowWriter window)
    {
        byte[] table = new byte[_nextCluster * _geometry.EntryLength];
        WriteEntry(table, 0, 0x0FFFFFF8);
        WriteEntry(table, 1, 0x0FFFFFFF);
        for (int node = 0; node < _clusters.Length; node++)
        {
            long count = _clusters[node] == 0 ? 0 : ClustersOf(node);
            for (long i = 0; i < count; i++)
            {
                long cluster = _clusters[node] + i;
                WriteEntry(table, cluster, i == count - 1 ? 0x0FFFFFFF : (uint)cluster + 1);
            }
        }
        for (int copy = 0; copy < FatGeometry.TableCount; copy++)
        {
            long sector = _geometry.ReservedSectors + ((long)copy * _geometry.TableSectors);
            window.Write(sector * FatGeometry.SectorSize, table);
        }
    }

    private void WriteEntry(byte[] table, long cluster, uint value)
    {
        Span<byte> entry = table.AsSpan((int)(cluster * _geometry.EntryLength));
        if (Kind == FatKind.Fat16)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(entry, value);
        }
    }

    private void WriteDirectory(WindowWriter window, TreeSnapshot.Directory directory)
    {
        var members = new List<FatDirectory.Member>();
        bool isRoot = directory.Node == 0;
        if (!isRoot)
        {
            long parent = directory.Parent == 0 ? 0 : _clusters[directory.Parent];
            members.Add(new(".", _tree.Nodes[directory.Node], _clusters[directory.Node]));
            members.Add(new("..", _tree.Nodes[directory.Parent], parent));
        }
        for (int i = 0; i < directory.EntryCount; i++)
        {
            int target = _tree.Targets[directory.FirstEntry + i];
            members.Add(
                new(_tree.Names[directory.FirstEntry + i], _tree.Nodes[target], _clusters[target])
            );
        }
        bool hasLabel = isRoot && _options.Label.Length > 0;
        byte[] bytes = FatDirectory.Encode(
            members,
            hasLabel ? BootSector.Label(_options.Label) : [],
            _tree.Nodes[0].Metadata.ModifiedTime
        );
        long offset =
            isRoot && Kind == FatKind.Fat16
                ? _geometry.RootStart * FatGeometry.SectorSize
                : _geometry.OffsetOf(_clusters[directory.Node]);
        window.Write(offset, bytes);
    }

    private long ClustersOf(int node) =>
        (_lengths[node] + _geometry.ClusterSize - 1) / _geometry.ClusterSize;

    private long[] MeasureNodes()
    {
        long[] lengths = new long[_tree.Nodes.Count];
        int nextDirectory = 0;
        for (int node = 0; node < lengths.Length; node++)
        {
            lengths[node] = _tree.Nodes[node] is FileNode file
                ? file.Content.Length
                : MeasureDirectory(_tree.Directories[nextDirectory++]);
        }
        return lengths;
    }

    /// <summary>Bytes of a directory; at least one entry, so that it has a cluster.</summary>
    private long MeasureDirectory(TreeSnapshot.Directory directory)
    {
        IEnumerable<string> names = Enumerable
            .Range(directory.FirstEntry, directory.EntryCount)
            .Select(i => _tree.Names[i]);
        int special = directory.Node == 0 ? 1 : 2;
        int entries = special + FatDirectory.CountEntries(names);
        return entries > LargestDirectory
            ? throw new ImagingException(
                $"A directory needs {entries} FAT entries for its {directory.EntryCount} names; {LargestDirectory} is the limit."
            )
            : (long)entries * DirectoryEntry.Length;
    }

    private void CheckRoot()
    {
        long room = (long)_geometry.RootSectors * FatGeometry.SectorSize;
        if (_lengths[0] > room)
        {
            throw new NoRoomException("The root directory of FAT16", room, _lengths[0]);
        }
    }

    private static void CheckNodes(TreeSnapshot tree)
    {
        foreach (TreeSnapshot.Directory directory in tree.Directories)
        {
            var names = new List<string>();
            for (int i = directory.FirstEntry; i < directory.FirstEntry + directory.EntryCount; i++)
            {
                names.Add(tree.Names[i]);
                CheckNode(tree.Names[i], tree.Nodes[tree.Targets[i]]);
            }
            FatDirectory.CheckNames(names);
        }
    }

    private static void CheckNode(string name, TreeNode node)
    {
        if (node is SymbolicLinkNode || node.NameCount > 1)
        {
            throw new ImagingException(
                $"'{name}' is a {(node is SymbolicLinkNode ? "symbolic" : "hard")} link, which FAT does not have."
            );
        }
        if (node is FileNode file && file.Content.Length > LargestFile)
        {
            throw new ImagingException(
                $"'{name}' has {file.Content.Length} bytes; FAT holds files of {LargestFile}."
            );
        }
    }
}
