using System.Globalization;
using Appliance.Sources.Sets;

namespace Appliance.Benchmarks;

/// <summary>
/// What FRR and all that it needs add to a warm build of an edge: the same build with and without packages, in turn. To be
/// had in 1 s. Needs the real sets and a repository of packages.
/// </summary>
internal static class PackageClosure
{
    private const string Repository = "FreeBSD-ports";

    private static readonly string Program =
        Environment.GetEnvironmentVariable("APPLIANCE")
        ?? Path.Combine(AppContext.BaseDirectory, "appliance");

    public static async Task<int> RunAsync(int runs)
    {
        var cache = CacheLocation.ForCurrentUser();
        var sets = cache.SetsDirectory("15.0-RELEASE", "amd64");
        var packages = new[] { Repository, "latest" }
            .Select(name => cache.PackagesDirectory("FreeBSD:15:amd64", name))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "meta.conf")));
        if (packages is null || !File.Exists(Path.Combine(sets, "base.txz")))
        {
            Console.Error.WriteLine($"there are no sets in {sets}, or no packages beside them");
            return 66;
        }

        var work = Directory.CreateTempSubdirectory("appliance-closure-");
        try
        {
            Bring(cache.FingerprintsDirectory(Path.GetFileName(packages)), work.FullName);
            Copy(
                Path.Combine(AppContext.BaseDirectory, "profiles"),
                Path.Combine(work.FullName, "profiles")
            );
            await MeasureAsync(
                [
                    "build",
                    "router01",
                    "--quiet",
                    "--accept-sets",
                    "--release",
                    "15.0-RELEASE",
                    "--sets",
                    sets,
                    "--repository",
                    $"{Repository}={packages}",
                    "--output",
                    work.FullName,
                ],
                work.FullName,
                runs
            );
            return 0;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(List<string> build, string work, int runs)
    {
        var rows = new List<(Measured Without, Measured With)>();
        for (var run = 0; run <= runs; run++)
        {
            var with = await BuildAsync(build, work);
            var without = await BuildAsync([.. build, "--without-packages"], work);
            // The first run decodes everything, pins it, and does not count.
            if (run > 0)
            {
                rows.Add((without, with));
            }
        }

        Print("without packages", rows.Select(row => row.Without));
        Print("with FRR", rows.Select(row => row.With));
    }

    private static async Task<Measured> BuildAsync(List<string> build, string work)
    {
        await Measured.RunAsync("sync", []);
        return await Measured.RunAsync(
            Program,
            build,
            new Dictionary<string, string> { ["XDG_CACHE_HOME"] = work },
            work
        );
    }

    private static void Print(string name, IEnumerable<Measured> measured)
    {
        var all = measured.ToList();
        double Median(Func<Measured, double> of) => all.Select(of).Order().ElementAt(all.Count / 2);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name, -18} median {Median(one => one.Wall.TotalSeconds):F2} s, of processors {Median(one => one.Processor.TotalSeconds):F2} s, {Median(one => one.PeakBytes / 1048576.0):F0} MiB"
            )
        );
    }

    /// <summary>Keys that were brought with the repository come along.</summary>
    private static void Bring(string fingerprints, string work)
    {
        if (Directory.Exists(fingerprints))
        {
            var cache = new CacheLocation(Path.Combine(work, "appliance"));
            Copy(fingerprints, cache.FingerprintsDirectory(Repository));
        }
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
