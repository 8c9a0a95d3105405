using System.Text;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Media;

namespace Appliance.FirstBoot.Sources;

/// <summary>A disk or partition that has a file system of a seed, or text from its first byte on.</summary>
/// <param name="Path">"/dev/cd0".</param>
/// <param name="Medium">Null when it is text.</param>
/// <param name="Text">The text, null when it is a file system.</param>
/// <param name="Problem">Why it cannot be read; then there is neither.</param>
internal sealed record FoundDisk(string Path, IMedium? Medium, byte[]? Text, string? Problem);

/// <summary>Looks at every disk and partition once. The labels are read by us: they do not rest on GEOM's having tasted them.</summary>
internal sealed class DiskScan : IDisposable
{
    private const string Folder = "/dev";
    private const int MaximumDisks = 128;
    private const int MaximumText = 256 * 1024;

    /// <summary>Drivers of disks: CD, SCSI and USB, ATA, NVMe, virtio, Xen, SD cards, memory disks.</summary>
    private static readonly string[] Drivers =
    [
        "cd",
        "da",
        "ada",
        "nda",
        "nvd",
        "vtbd",
        "xbd",
        "mmcsd",
        "md",
    ];

    private readonly List<IBlockSource> open = [];

    public DiskScan(IMachine machine) =>
        Disks = [
            .. machine
                .Names(Folder)
                .Where(IsDisk)
                .Take(MaximumDisks)
                .Select(name => Look(machine, $"{Folder}/{name}"))
                .OfType<FoundDisk>(),
        ];

    public IReadOnlyList<FoundDisk> Disks { get; }

    public void Dispose() => open.ForEach(source => source.Dispose());

    /// <summary>"cd0", "da0", "da0s1", "vtbd1p2".</summary>
    internal static bool IsDisk(string name)
    {
        var driver = name.AsSpan()[
            ..(name.AsSpan().IndexOfAnyInRange('0', '9') is >= 0 and var at ? at : 0)
        ];
        var rest = name.AsSpan(driver.Length).TrimStart("0123456789");
        var isPart = rest is ['s' or 'p', _, ..] && rest[1..].TrimStart("0123456789").IsEmpty;
        foreach (var known in Drivers)
        {
            if (driver.SequenceEqual(known))
            {
                return rest.IsEmpty || isPart;
            }
        }

        return false;
    }

    private FoundDisk? Look(IMachine machine, string path)
    {
        try
        {
            if (machine.OpenDisk(path) is not { } source)
            {
                return null;
            }

            open.Add(source);
            var medium = MediumReader.Open(source);
            var text = medium is null ? ReadText(source) : null;
            return medium is null && text is null ? null : new FoundDisk(path, medium, text, null);
        }
        catch (Exception exception) when (exception is MediumException or IOException)
        {
            return new FoundDisk(path, null, null, exception.Message);
        }
    }

    /// <summary>User data that was written onto a disk as it is: it begins as user data does, and ends before the first zero.</summary>
    private static byte[]? ReadText(IBlockSource source)
    {
        var content = new byte[MaximumText];
        var length = source.Read(0, content);
        var text = content.AsSpan(0, length);
        var end = text.IndexOf((byte)0);
        text = end < 0 ? text : text[..end];
        return
            text.StartsWith("#cloud-config"u8)
            || text.StartsWith("appliance:"u8)
            || text.StartsWith("{"u8)
            ? Encoding.UTF8.GetByteCount(Encoding.UTF8.GetString(text)) == text.Length
                ? text.ToArray()
                : null
            : null;
    }
}
