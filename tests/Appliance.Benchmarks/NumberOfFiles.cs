using System.Diagnostics;
using System.Globalization;
using Appliance.Imaging.Disk;
using Appliance.Imaging.Tree;
using Appliance.Imaging.Ufs2;

namespace Appliance.Benchmarks;

/// <summary>Time and memory of a file system by its number of files: the last column should stay the same.</summary>
internal static class NumberOfFiles
{
    public static int Run()
    {
        var folder = Directory.CreateTempSubdirectory("appliance-files-");
        try
        {
            Console.WriteLine("     files   plan + write   microseconds a file");
            foreach (var count in new[] { 1_000, 10_000, 100_000, 1_000_000 })
            {
                var clock = Stopwatch.StartNew();
                var content = Ufs2FileSystem.Plan(
                    Tree(count),
                    new Ufs2Options { Time = 0, Id = 1 }
                );
                ImageFile.WriteContent(content, Path.Combine(folder.FullName, "image"));
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{count, 10} {clock.Elapsed.TotalSeconds, 12:F2} s {clock.Elapsed.TotalMicroseconds / count, 21:F2}"
                    )
                );
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static FileTree Tree(int count)
    {
        var tree = new FileTree(0);
        var content = FileContent.FromBytes(new byte[100]);
        for (var i = 0; i < count; i++)
        {
            tree.AddFile(
                string.Create(CultureInfo.InvariantCulture, $"d{i / 1000}/f{i}"),
                content,
                NodeMetadata.DefaultFile(0),
                "benchmark"
            );
        }

        return tree;
    }
}
