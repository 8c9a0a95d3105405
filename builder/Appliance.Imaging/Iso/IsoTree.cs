using System.Buffers.Binary;
using Appliance.Imaging.Disk;
using Appliance.Imaging.Tree;

namespace Appliance.Imaging.Iso;

/// <summary>The folders of one of the two trees, and its path tables (ECMA-119, 6.8 and 6.9).</summary>
internal sealed class IsoTree
{
    private readonly List<Folder> _folders = [];
    private uint _tableSector;

    public IsoTree(DirectoryNode root, IsoNames names)
    {
        _folders.Add(new Folder(root, [0], 0));
        for (int number = 0; number < _folders.Count; number++)
        {
            AddChildren(number, names);
        }
        PathTableLength = _folders.Sum(folder => 8 + Even(folder.Identifier.Length));
    }

    /// <summary>Every file, in the order of the folders.</summary>
    public IEnumerable<FileNode> Files =>
        _folders
            .SelectMany(folder => folder.Children)
            .Select(child => child.Node)
            .OfType<FileNode>();

    public Dictionary<FileNode, uint> FilePlaces { get; set; } = [];

    public int PathTableLength { get; }

    public uint LittleTableSector => _tableSector;

    public uint BigTableSector => _tableSector + IsoFileSystem.SectorsOf(PathTableLength);

    /// <summary>The record of the root folder for the volume descriptor.</summary>
    public byte[] RootRecord() =>
        IsoRecord.Of(
            [0],
            _folders[0].Sector,
            _folders[0].Length,
            true,
            _folders[0].Node.Metadata.ModifiedTime
        );

    /// <summary>Gives every table and folder its place from a sector on, and says which sector follows.</summary>
    public uint Place(uint sector)
    {
        _tableSector = sector;
        sector += 2 * IsoFileSystem.SectorsOf(PathTableLength);
        foreach (Folder folder in _folders)
        {
            folder.Sector = sector;
            folder.Length = Measure(folder);
            sector += IsoFileSystem.SectorsOf(folder.Length);
        }
        return sector;
    }

    public void Write(IImageTarget target)
    {
        target.Write((long)LittleTableSector * IsoFileSystem.SectorSize, PathTable(isBig: false));
        target.Write((long)BigTableSector * IsoFileSystem.SectorSize, PathTable(isBig: true));
        foreach (Folder folder in _folders)
        {
            target.Write((long)folder.Sector * IsoFileSystem.SectorSize, Content(folder));
        }
    }

    private void AddChildren(int number, IsoNames names)
    {
        Folder folder = _folders[number];
        var children = new List<Child>();
        foreach (TreeEntry entry in folder.Node.SortedEntries())
        {
            IsoFileSystem.Check(entry.Node, entry.Name);
            children.Add(
                new Child(names.Encode(entry.Name, entry.Node is DirectoryNode), entry.Node)
            );
        }
        children.Sort((one, other) => one.Identifier.AsSpan().SequenceCompareTo(other.Identifier));
        for (int i = 1; i < children.Count; i++)
        {
            if (children[i].Identifier.AsSpan().SequenceEqual(children[i - 1].Identifier))
            {
                throw new ImagingException(
                    "two names of a folder are the same in ISO 9660, which has capital letters only"
                );
            }
        }
        folder.Children = children;
        foreach (Child child in children)
        {
            if (child.Node is DirectoryNode node)
            {
                child.Number = _folders.Count;
                _folders.Add(new Folder(node, child.Identifier, number));
            }
        }
    }

    /// <summary>Bytes of a folder: no record crosses a sector, and the last sector is whole.</summary>
    private static int Measure(Folder folder)
    {
        int at = 2 * IsoRecord.LengthOf(1);
        foreach (Child child in folder.Children)
        {
            at =
                Fit(at, IsoRecord.LengthOf(child.Identifier.Length))
                + IsoRecord.LengthOf(child.Identifier.Length);
        }
        return (int)IsoFileSystem.SectorsOf(at) * IsoFileSystem.SectorSize;
    }

    private byte[] Content(Folder folder)
    {
        byte[] content = new byte[folder.Length];
        Folder parent = _folders[folder.Parent];
        int at = Put(
            content,
            0,
            IsoRecord.Of([0], folder.Sector, folder.Length, true, folder.Node.Metadata.ModifiedTime)
        );
        at = Put(
            content,
            at,
            IsoRecord.Of([1], parent.Sector, parent.Length, true, parent.Node.Metadata.ModifiedTime)
        );
        foreach (Child child in folder.Children)
        {
            at = Put(content, at, Record(child));
        }
        return content;
    }

    private byte[] Record(Child child)
    {
        long time = child.Node.Metadata.ModifiedTime;
        if (child.Node is FileNode file)
        {
            return IsoRecord.Of(
                child.Identifier,
                FilePlaces[file],
                (int)file.Content.Length,
                false,
                time
            );
        }
        Folder folder = _folders[child.Number];
        return IsoRecord.Of(child.Identifier, folder.Sector, folder.Length, true, time);
    }

    private byte[] PathTable(bool isBig)
    {
        byte[] table = new byte[PathTableLength];
        int at = 0;
        foreach (Folder folder in _folders)
        {
            Span<byte> entry = table.AsSpan(at);
            entry[0] = (byte)folder.Identifier.Length;
            ushort parent = (ushort)(folder.Parent + 1);
            if (isBig)
            {
                BinaryPrimitives.WriteUInt32BigEndian(entry[2..], folder.Sector);
                BinaryPrimitives.WriteUInt16BigEndian(entry[6..], parent);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(entry[2..], folder.Sector);
                BinaryPrimitives.WriteUInt16LittleEndian(entry[6..], parent);
            }
            folder.Identifier.CopyTo(entry[8..]);
            at += 8 + Even(folder.Identifier.Length);
        }
        return table;
    }

    private static int Put(byte[] content, int at, byte[] record)
    {
        at = Fit(at, record.Length);
        record.CopyTo(content, at);
        return at + record.Length;
    }

    private static int Fit(int at, int length) =>
        (at % IsoFileSystem.SectorSize) + length > IsoFileSystem.SectorSize
            ? ((at / IsoFileSystem.SectorSize) + 1) * IsoFileSystem.SectorSize
            : at;

    private static int Even(int length) => length + (length % 2);

    private sealed class Folder(DirectoryNode node, byte[] identifier, int parent)
    {
        public DirectoryNode Node => node;

        public byte[] Identifier => identifier;

        /// <summary>Index of the folder it lies in; the root's is its own.</summary>
        public int Parent => parent;

        public uint Sector { get; set; }

        public int Length { get; set; }

        public List<Child> Children { get; set; } = [];
    }

    private sealed class Child(byte[] identifier, TreeNode node)
    {
        public byte[] Identifier => identifier;

        public TreeNode Node => node;

        /// <summary>Index among the folders, when it is one.</summary>
        public int Number { get; set; }
    }
}
