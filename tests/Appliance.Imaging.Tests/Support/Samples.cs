using Appliance.Imaging.Tree;
using Appliance.Imaging.Ufs2;

namespace Appliance.Imaging.Tests.Support;

/// <summary>Trees and options that tests share.</summary>
internal static class Samples
{
    /// <summary>2023-11-14 22:13:20 UTC in nanoseconds.</summary>
    public const long Time = Seconds * 1_000_000_000;
    public const long Seconds = 1_700_000_000;

    public static NodeMetadata File { get; } = NodeMetadata.DefaultFile(Time);

    public static NodeMetadata Directory { get; } = NodeMetadata.DefaultDirectory(Time);

    public static FileTree Tree() => new(Time);

    public static Ufs2Options Ufs2 { get; } =
        new()
        {
            Time = Seconds,
            Id = 0x0123456789ABCDEF,
            Label = "root",
        };

    /// <summary>Bytes that differ from seed to seed and hold no block of zeros.</summary>
    public static FileContent Bytes(long length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return FileContent.FromBytes(bytes);
    }

    public static byte[] Read(FileContent content)
    {
        byte[] bytes = new byte[content.Length];
        content.Read(0, bytes);
        return bytes;
    }

    /// <summary>A tree with every kind of node, odd names, odd metadata and sizes around common limits.</summary>
    public static FileTree Random(int seed, int files)
    {
        var random = new Random(seed);
        FileTree tree = Tree();
        var folders = new List<string> { "" };
        for (int i = 0; i < files; i++)
        {
            string folder = folders[random.Next(folders.Count)];
            string path = $"{folder}{Name(random, i)}";
            var metadata = new NodeMetadata(
                (uint)random.Next(70000),
                (uint)random.Next(70000),
                random.Next(0x1000),
                Time + random.NextInt64(1_000_000_000_000_000)
            );
            switch (random.Next(10))
            {
                case 0:
                    tree.AddDirectory(path, metadata, "random");
                    folders.Add(path + "/");
                    break;
                case 1:
                    string target = new('t', random.Next(1, 300));
                    tree.AddSymbolicLink(path, target, metadata, "random");
                    break;
                case 2 when i > 10:
                    tree.AddFile(path, Bytes(random.Next(5000), i), metadata, "random");
                    tree.AddHardLink(path + ".link", path, "random");
                    break;
                default:
                    int length = random.Next(4) == 0 ? random.Next(200_000) : random.Next(5000);
                    tree.AddFile(path, Bytes(length, i), metadata, "random");
                    break;
            }
        }
        return tree;
    }

    private static string Name(Random random, int i) =>
        random.Next(4) switch
        {
            0 => $"file{i}",
            1 => $"{new string((char)('a' + (i % 26)), random.Next(1, 200))}{i}",
            2 => $"wärme-{i}-\u65e5\u672c-\U0001F600",
            _ => $".hidden {i}",
        };
}
