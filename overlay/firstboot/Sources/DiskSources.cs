using Appliance.FirstBoot.Media;
using Appliance.FirstBoot.Metadata;

namespace Appliance.FirstBoot.Sources;

/// <summary>Seed media, config drives, and disks that carry user data.</summary>
internal static class DiskSources
{
    /// <summary>Bytes of one file.</summary>
    private const int Limit = 1 << 20;

    public static IReadOnlyList<SourceReading> Read(DiskScan scan) =>
        [
            Read("cidata", scan, disk => IsLabelled(disk, "cidata"), ReadNoCloud),
            Read("config-2", scan, disk => IsLabelled(disk, "config-2"), ReadOpenStack),
            Read("disk", scan, IsUnlabelledSeed, ReadPlain),
        ];

    private static SourceReading Read(
        string name,
        DiskScan scan,
        Func<FoundDisk, bool> isMeant,
        Func<FoundDisk, Files?> read
    )
    {
        var place = "";
        try
        {
            var found = new List<(FoundDisk Disk, Files Files)>();
            foreach (var disk in scan.Disks.Where(isMeant))
            {
                place = disk.Path;
                if (read(disk) is { } files)
                {
                    found.Add((disk, files));
                }
            }

            return found.Count == 0 ? SourceReading.Absent(name) : Choose(name, found);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return SourceReading.Failed(name, place, exception.Message, isFatal: true);
        }
    }

    /// <summary>One disk may have several devices; two that say different things are nobody's to choose from.</summary>
    private static SourceReading Choose(string name, List<(FoundDisk Disk, Files Files)> found)
    {
        var (disk, files) = found[0];
        if (found.Find(other => !other.Files.IsSame(files)) is { Disk: { } other })
        {
            return SourceReading.Failed(
                name,
                disk.Path,
                $"{disk.Path} and {other.Path} are both such media, and differ: leave one",
                isFatal: true
            );
        }

        return SourceReading.Used(name, disk.Path, files.Read());
    }

    private static bool IsLabelled(FoundDisk disk, string label) =>
        string.Equals(disk.Medium?.Label, label, StringComparison.OrdinalIgnoreCase);

    private static bool IsUnlabelledSeed(FoundDisk disk) =>
        disk.Text is not null
        || (
            disk.Medium is not null && !IsLabelled(disk, "cidata") && !IsLabelled(disk, "config-2")
        );

    private static Files ReadNoCloud(FoundDisk disk)
    {
        var files = NoCloudFiles(disk.Medium!);
        return files.MetaData is not null || files.UserData is not null || files.Problems.Count > 0
            ? files
            : files with
            {
                Problems = ["the seed has neither meta-data nor user-data"],
            };
    }

    private static Files ReadOpenStack(FoundDisk disk)
    {
        var files = ReadFiles(
            disk.Medium!,
            OpenStack.Folder,
            ("meta_data.json", "user_data", "network_data.json"),
            OpenStack.Read
        );
        return files.MetaData is not null || files.Problems.Count > 0
            ? files
            : files with
            {
                Problems = [$"the config drive has no {OpenStack.Folder}meta_data.json"],
            };
    }

    /// <summary>Any other file system counts only if it has user data; the machine's own have none.</summary>
    private static Files? ReadPlain(FoundDisk disk)
    {
        if (disk.Text is { } text)
        {
            return new Files(null, text, null, NoCloud.Read, []);
        }

        var files = NoCloudFiles(disk.Medium!);
        return files.UserData is null && files.Problems.Count == 0 ? null : files;
    }

    private static Files NoCloudFiles(IMedium medium) =>
        ReadFiles(medium, "", ("meta-data", "user-data", "network-config"), NoCloud.Read);

    /// <summary>Each file alone: a damaged one takes nothing from the others.</summary>
    private static Files ReadFiles(
        IMedium medium,
        string folder,
        (string MetaData, string UserData, string Network) names,
        Func<byte[]?, byte[]?, byte[]?, Facts> reader
    )
    {
        var problems = new List<string>();
        byte[]? File(string name)
        {
            try
            {
                return medium.Read(folder + name, Limit);
            }
            catch (Exception exception) when (exception is MediumException or IOException)
            {
                problems.Add($"{name}: {exception.Message}");
                return null;
            }
        }

        return new Files(
            File(names.MetaData),
            File(names.UserData),
            File(names.Network),
            reader,
            problems
        );
    }

    private sealed record Files(
        byte[]? MetaData,
        byte[]? UserData,
        byte[]? Network,
        Func<byte[]?, byte[]?, byte[]?, Facts> Reader,
        IReadOnlyList<string> Problems
    )
    {
        public Facts Read()
        {
            var facts = Reader(MetaData, UserData, Network);
            return facts with { Problems = [.. Problems, .. facts.Problems] };
        }

        public bool IsSame(Files other) =>
            IsSame(MetaData, other.MetaData)
            && IsSame(UserData, other.UserData)
            && IsSame(Network, other.Network);

        private static bool IsSame(byte[]? one, byte[]? other) =>
            one is null == other is null && one.AsSpan().SequenceEqual(other);
    }
}
