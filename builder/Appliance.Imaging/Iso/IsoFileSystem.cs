using Appliance.Imaging.Disk;
using Appliance.Imaging.Tree;

namespace Appliance.Imaging.Iso;

/// <summary>
/// An ISO 9660 file system (ECMA-119) with the long names of Joliet, planned to its last sector but not written.
/// It has two trees of folders over one set of files. Owners and modes are not kept: neither tree has any.
/// </summary>
public sealed class IsoFileSystem : PartitionContent
{
    internal const int SectorSize = 2048;

    private const int FirstDescriptor = 16;
    private const int DescriptorCount = 3;
    private const int MaximumFile = int.MaxValue;

    private readonly IsoOptions _options;
    private readonly List<(FileNode Node, uint Sector)> _files = [];
    private readonly IsoTree _primary;
    private readonly IsoTree _joliet;
    private readonly uint _sectors;

    private IsoFileSystem(FileTree tree, IsoOptions options)
    {
        _options = options;
        _primary = new IsoTree(tree.Root, IsoNames.Primary);
        _joliet = new IsoTree(tree.Root, IsoNames.Joliet);
        uint next = _primary.Place(FirstDescriptor + DescriptorCount);
        next = _joliet.Place(next);
        var places = new Dictionary<FileNode, uint>(ReferenceEqualityComparer.Instance);
        foreach (FileNode file in _primary.Files)
        {
            if (places.TryAdd(file, next))
            {
                _files.Add((file, next));
                next += SectorsOf(file.Content.Length);
            }
        }
        _primary.FilePlaces = places;
        _joliet.FilePlaces = places;
        _sectors = next;
    }

    /// <inheritdoc/>
    public override long Length => (long)_sectors * SectorSize;

    /// <summary>Plans a file system that holds a tree of directories and regular files.</summary>
    /// <exception cref="ImagingException">A name, the label or a node is nothing that ISO 9660 and Joliet can hold.</exception>
    public static IsoFileSystem Plan(FileTree tree, IsoOptions options)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(options);
        if (
            options.Label.Length is 0 or > 16
            || options.Label.Any(letter => letter is < ' ' or > '~')
        )
        {
            throw new ImagingException(
                $"'{options.Label}' is no label of an ISO: 1 to 16 ASCII characters"
            );
        }
        return new IsoFileSystem(tree, options);
    }

    /// <inheritdoc/>
    public override void Write(
        IImageTarget target,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(target);
        var descriptors = new IsoDescriptors(_options, _sectors);
        target.Write(FirstDescriptor * SectorSize, descriptors.Volume(_primary, isJoliet: false));
        target.Write(
            (FirstDescriptor + 1) * SectorSize,
            descriptors.Volume(_joliet, isJoliet: true)
        );
        target.Write((FirstDescriptor + 2) * SectorSize, IsoDescriptors.Terminator());
        _primary.Write(target);
        _joliet.Write(target);
        foreach ((FileNode file, uint sector) in _files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            WriteFile(target, file.Content, (long)sector * SectorSize);
            progress?.Report(file.Content.Length);
        }
    }

    internal static uint SectorsOf(long length) => (uint)((length + SectorSize - 1) / SectorSize);

    /// <summary>Whether a node can lie in the file system at all.</summary>
    internal static void Check(TreeNode node, string name)
    {
        if (node is not (DirectoryNode or FileNode))
        {
            throw new ImagingException(
                $"'{name}' is neither file nor folder; an ISO of ours holds nothing else"
            );
        }
        if (node is FileNode { Content.Length: > MaximumFile })
        {
            throw new ImagingException($"'{name}' is larger than 2 GiB");
        }
    }

    private static void WriteFile(IImageTarget target, FileContent content, long offset)
    {
        byte[] buffer = new byte[64 * 1024];
        for (long at = 0; at < content.Length; at += buffer.Length)
        {
            Span<byte> piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, content.Length - at));
            content.Read(at, piece);
            target.Write(offset + at, piece);
        }
    }
}
