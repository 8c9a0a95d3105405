using System.Buffers.Binary;
using System.Text;
using Appliance.Imaging.Disk;
using Appliance.Imaging.Tree;

namespace Appliance.Imaging.Ufs2;

/// <summary>Writes what lies in blocks: files, directories, long symbolic links, and the indirect blocks that lead to them.</summary>
internal sealed class ContentWriter(
    IImageTarget target,
    Geometry geometry,
    BlockMap map,
    TreeSnapshot tree,
    BlockNeeds needs,
    Placement placement
)
{
    /// <summary>An indirect block that is being filled.</summary>
    private sealed class Indirect
    {
        public long Address { get; set; } = -1;
        public long FirstBlock { get; set; }
        public byte[] Bytes { get; set; } = [];
    }

    private readonly Indirect[] _indirects = [new(), new(), new(), new()];
    private readonly WindowWriter _window = new(target, geometry.BlockSize);

    public void Write(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        int nextDirectory = 0;
        for (int node = 0; node < tree.Nodes.Count; node++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TreeSnapshot.Directory directory =
                tree.Nodes[node] is DirectoryNode ? tree.Directories[nextDirectory++] : default;
            long length = needs.Lengths.OnDisk(node);
            if (length == 0)
            {
                continue;
            }
            WriteContent(node, ContentOf(node, length, directory), cancellationToken);
            if (tree.Nodes[node] is FileNode)
            {
                progress?.Report(length);
            }
        }
        _window.Flush();
    }

    private FileContent ContentOf(int node, long length, TreeSnapshot.Directory directory) =>
        tree.Nodes[node] switch
        {
            FileNode file => file.Content,
            SymbolicLinkNode link => FileContent.FromBytes(Encoding.UTF8.GetBytes(link.Target)),
            _ => new DirectoryStream(length, Records(directory)),
        };

    private IEnumerable<DirectoryRecord> Records(TreeSnapshot.Directory directory)
    {
        yield return new DirectoryRecord(
            placement.Inodes[directory.Node],
            DirectoryRecord.TypeDirectory,
            "."
        );
        yield return new DirectoryRecord(
            placement.Inodes[directory.Parent],
            DirectoryRecord.TypeDirectory,
            ".."
        );
        for (int i = 0; i < directory.EntryCount; i++)
        {
            int target = tree.Targets[directory.FirstEntry + i];
            byte type = tree.Nodes[target] switch
            {
                DirectoryNode => DirectoryRecord.TypeDirectory,
                SymbolicLinkNode => DirectoryRecord.TypeSymbolicLink,
                _ => DirectoryRecord.TypeFile,
            };
            yield return new DirectoryRecord(
                placement.Inodes[target],
                type,
                tree.Names[directory.FirstEntry + i]
            );
        }
    }

    private void WriteContent(int node, FileContent content, CancellationToken cancellationToken)
    {
        long block = needs.Starts[node];
        foreach (BlockMap.Step step in map.Steps(content))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (step.Level == 0)
            {
                WriteBlocks(content, step, block);
            }
            else
            {
                BeginIndirect(step, placement.Address(block));
            }
            block += step.Count;
        }
        for (int level = 1; level <= Ufs2Format.IndirectCount; level++)
        {
            EndIndirect(level);
        }
        if (needs.Tails[node] != BlockNeeds.NoTail)
        {
            long from = map.TailBlock(content.Length) * geometry.BlockSize;
            CopyData(content, from, placement.FragmentAddress(needs.Tails[node]), content.Length);
        }
    }

    private void WriteBlocks(FileContent content, BlockMap.Step step, long block)
    {
        for (long done = 0; done < step.Count; )
        {
            long count = Math.Min(step.Count - done, placement.ContiguousFrom(block + done));
            long address = placement.Address(block + done);
            for (long i = 0; step.Block >= Ufs2Format.DirectCount && i < count; i++)
            {
                SetPointer(1, step.Block + done + i, address + (i * geometry.FragmentsPerBlock));
            }
            long from = (step.Block + done) * geometry.BlockSize;
            CopyData(content, from, address, from + (count * geometry.BlockSize));
            done += count;
        }
    }

    private void CopyData(FileContent content, long from, long address, long end) =>
        _window.Copy(
            content,
            from,
            address * geometry.FragmentSize,
            Math.Min(end, content.Length) - from
        );

    private void BeginIndirect(BlockMap.Step step, long address)
    {
        EndIndirect(step.Level);
        Indirect indirect = _indirects[step.Level];
        indirect.Address = address;
        indirect.FirstBlock = step.Block;
        if (indirect.Bytes.Length == 0)
        {
            indirect.Bytes = new byte[geometry.BlockSize];
        }
        indirect.Bytes.AsSpan().Clear();
        if (step.Block != map.FirstBlockOfLevel(step.Level))
        {
            SetPointer(step.Level + 1, step.Block, address);
        }
    }

    private void SetPointer(int level, long block, long address)
    {
        Indirect indirect = _indirects[level];
        long reach = 1;
        for (int i = 1; i < level; i++)
        {
            reach *= map.PointersPerBlock;
        }
        int index = (int)((block - indirect.FirstBlock) / reach);
        BinaryPrimitives.WriteInt64LittleEndian(
            indirect.Bytes.AsSpan(index * Ufs2Format.PointerLength),
            address
        );
    }

    private void EndIndirect(int level)
    {
        Indirect indirect = _indirects[level];
        if (indirect.Address >= 0)
        {
            _window.Write(indirect.Address * geometry.FragmentSize, indirect.Bytes);
            indirect.Address = -1;
        }
    }
}
