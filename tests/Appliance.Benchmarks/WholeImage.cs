using System.Globalization;
using System.Text.RegularExpressions;

namespace Appliance.Benchmarks;

/// <summary>
/// The whole build of an image, cold (nothing decoded yet) and warm (another site, same sets), in turn with the
/// reference chain on the same sets. Nothing is left out, so that both write the same files.
/// </summary>
internal static partial class WholeImage
{
    private const long RootBytes = 1L << 30;

    public static async Task<int> RunAsync(int runs)
    {
        var sets = SetsFolder();
        if (!File.Exists(Path.Combine(sets, "base.txz")))
        {
            Console.Error.WriteLine($"there are no sets in {sets}");
            return 66;
        }

        var work = Directory.CreateTempSubdirectory("appliance-benchmark-");
        try
        {
            await MeasureAsync(
                new Ours(sets, work.FullName),
                new ReferenceChain(sets, work.FullName),
                runs
            );
            return 0;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(Ours ours, ReferenceChain reference, int runs)
    {
        var table = new List<(double Reference, Measured Cold, Measured Warm)>();
        for (var run = 0; run <= runs; run++)
        {
            await SettleAsync();
            var other = await reference.RunAsync(RootBytes);
            ours.ForgetDecodedSets();
            ours.DeleteImages();
            await SettleAsync();
            var cold = await ours.BuildAsync("router01");
            var warm = await WarmAsync(ours);
            Console.Error.WriteLine(
                Text(
                    $"run {run} of {runs}: reference {other.TotalSeconds:F2} s, cold {cold.Wall.TotalSeconds:F2} s, warm {warm.Wall.TotalSeconds:F2} s"
                )
            );
            // The first run warms the page cache for all of them and does not count.
            if (run > 0)
            {
                table.Add((other.TotalSeconds, cold, warm));
            }
        }

        Print("reference, seconds", table.Select(row => row.Reference));
        Print("cold, seconds", table.Select(row => row.Cold.Wall.TotalSeconds));
        Print("warm, seconds", table.Select(row => row.Warm.Wall.TotalSeconds));
        Print("cold / reference", table.Select(row => row.Cold.Wall.TotalSeconds / row.Reference));
        Print("warm / reference", table.Select(row => row.Warm.Wall.TotalSeconds / row.Reference));
        Print("cold, peak MiB", table.Select(row => row.Cold.PeakBytes / 1048576.0));
        Print("warm, peak MiB", table.Select(row => row.Warm.PeakBytes / 1048576.0));
    }

    /// <summary>
    /// The middle one of three: the first build after a cold one pays for memory that the machine below has to give
    /// back after that one's gigabytes were deleted, a third of a second of system time in a virtual machine.
    /// </summary>
    private static async Task<Measured> WarmAsync(Ours ours)
    {
        var builds = new List<Measured>();
        for (var build = 0; build < 3; build++)
        {
            ours.DeleteImages();
            await SettleAsync();
            builds.Add(await ours.BuildAsync("vps01"));
        }

        return builds.OrderBy(build => build.Wall).ElementAt(1);
    }

    /// <summary>
    /// sync(1) and a rest, so that nobody waits for what another left unwritten or for the discards of what it deleted.
    /// Only we write to the disk ourselves.
    /// </summary>
    private static async Task SettleAsync()
    {
        await Measured.RunAsync("sync", []);
        await Task.Delay(TimeSpan.FromSeconds(1));
        await Measured.RunAsync("sync", []);
    }

    private static void Print(string name, IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        Console.WriteLine(
            Text(
                $"{name, -20} median {sorted[sorted.Count / 2], 8:F3}   min {sorted[0], 8:F3}   max {sorted[^1], 8:F3}"
            )
        );
    }

    private static string Text(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);

    private static string SetsFolder() =>
        Environment.GetEnvironmentVariable("APPLIANCE_SETS")
        ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
            ".cache/appliance/sets/15.0-RELEASE-amd64"
        );

    /// <summary>Our builder as a program, with a cache and profiles of its own.</summary>
    private sealed partial class Ours
    {
        /// <summary>A published program can be named in the environment; it starts compiled.</summary>
        private static readonly string Program =
            Environment.GetEnvironmentVariable("APPLIANCE")
            ?? Path.Combine(AppContext.BaseDirectory, "appliance");

        private readonly string sets;
        private readonly string work;
        private readonly string cache;

        public Ours(string sets, string work)
        {
            this.sets = sets;
            this.work = work;
            cache = Path.Combine(work, "cache");
            WriteProfiles();
        }

        public void ForgetDecodedSets()
        {
            if (Directory.Exists(cache))
            {
                Directory.Delete(cache, recursive: true);
            }
        }

        /// <summary>The reference starts without an image to replace, too.</summary>
        public void DeleteImages()
        {
            foreach (var image in Directory.EnumerateFiles(work, "*.img"))
            {
                File.Delete(image);
            }
        }

        public Task<Measured> BuildAsync(string site) =>
            Measured.RunAsync(
                Program,
                [
                    "build",
                    site,
                    "--quiet",
                    "--without-packages",
                    "--accept-sets",
                    "--release",
                    "15.0-RELEASE",
                    "--sets",
                    sets,
                    "--output",
                    work,
                ],
                new Dictionary<string, string> { ["XDG_CACHE_HOME"] = cache },
                work
            );

        /// <summary>The shipped profiles, but with everything that is in the sets.</summary>
        private void WriteProfiles()
        {
            var shipped = Path.Combine(AppContext.BaseDirectory, "profiles");
            foreach (
                var file in Directory.EnumerateFiles(shipped, "*.yaml", SearchOption.AllDirectories)
            )
            {
                var copy = Path.Combine(work, "profiles", Path.GetRelativePath(shipped, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.WriteAllText(copy, LeaveOut().Replace(File.ReadAllText(file), ""));
            }
        }

        /// <summary>The key and every indented, commented or empty line below it.</summary>
        [GeneratedRegex(@"^leave_out:\n(?:[ #].*\n|\n)*", RegexOptions.Multiline)]
        private static partial Regex LeaveOut();
    }
}
