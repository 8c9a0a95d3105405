namespace Appliance.FirstBoot.Tests.Media;

/// <summary>Makes seed media with other people's programs.</summary>
internal sealed class SeedMaker : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-seed-");

    public void Dispose() => folder.Delete(recursive: true);

    /// <param name="bits">12, 16 or 32; 0 lets mkfs.fat choose.</param>
    /// <param name="label">Volume label.</param>
    /// <param name="kibibytes">Size of the file system.</param>
    /// <param name="files">Path to content.</param>
    public byte[] Fat(
        int bits,
        string label,
        int kibibytes,
        params (string Path, string Content)[] files
    )
    {
        var image = Path.Combine(folder.FullName, "fat.img");
        File.Delete(image);
        string[] kind = bits == 0 ? [] : ["-F", $"{bits}"];
        ForeignTool.Run("mkfs.fat", [.. kind, "-n", label, "-C", image, $"{kibibytes}"]);
        foreach (var (path, content) in files)
        {
            MakeFolders(image, path);
            ForeignTool.Run("mcopy", "-i", image, Write(content), $"::/{path}");
        }

        return File.ReadAllBytes(image);
    }

    /// <param name="label">Volume label.</param>
    /// <param name="names">"-joliet", "-rock", both or neither.</param>
    /// <param name="files">Path to content.</param>
    public byte[] Iso(string label, string[] names, params (string Path, string Content)[] files)
    {
        var tree = Directory.CreateDirectory(
            Path.Combine(folder.FullName, Path.GetRandomFileName())
        );
        foreach (var (path, content) in files)
        {
            var file = Path.Combine(tree.FullName, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, content);
        }

        var image = Path.Combine(folder.FullName, "seed.iso");
        File.Delete(image);
        ForeignTool.Run(
            "xorriso",
            ["-as", "mkisofs", "-quiet", "-volid", label, .. names, "-o", image, tree.FullName]
        );
        return File.ReadAllBytes(image);
    }

    private static void MakeFolders(string image, string path)
    {
        for (var at = path.IndexOf('/'); at >= 0; at = path.IndexOf('/', at + 1))
        {
            ForeignTool.Run("mmd", "-i", image, "-D", "s", $"::/{path[..at]}");
        }
    }

    private string Write(string content)
    {
        var file = Path.Combine(folder.FullName, "content");
        File.WriteAllText(file, content);
        return file;
    }
}
