using System.Diagnostics;
using System.Globalization;
using Appliance.Sources.Downloads;
using Appliance.Sources.Packages.Repositories;
using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Packages.Signatures;
using Appliance.Sources.Sets;

namespace Appliance.Benchmarks;

/// <summary>
/// Choosing packages out of a signed repository of 35,000: reading, verifying and resolving, by one process from its start
/// to its end. To be had in 1 s and 150 MiB. With PKG in the environment pkg(8) reads the same catalogue beside it.
/// </summary>
internal static class PackageResolving
{
    public const string Worker = "packages-worker";
    private const string Request = "package-34999";

    public static async Task<int> RunAsync(int runs)
    {
        var folder = Directory.CreateTempSubdirectory("appliance-packages-");
        try
        {
            var bytes = LargeCatalogue.Write(RepositoryIn(folder.FullName));
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{LargeCatalogue.Packages} packages, catalogue of {bytes / 1e6:F0} MB"
                )
            );
            for (var run = 0; run < runs; run++)
            {
                var measured = await Measured.RunAsync(
                    Environment.ProcessPath!,
                    [Worker, folder.FullName]
                );
                Print("appliance", measured);
            }

            if (Environment.GetEnvironmentVariable("PKG") is { Length: > 0 } pkg)
            {
                Print("pkg update", await PkgAsync(pkg, RepositoryIn(folder.FullName)));
            }

            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What one process does.</summary>
    public static async Task<int> WorkAsync(string folder)
    {
        var clock = Stopwatch.StartNew();
        using var downloader = new Downloader();
        var source = new PackageSource(new CacheLocation(folder), downloader);
        var resolved = await source.ResolveAsync(
            new PackageRequest
            {
                System = TargetSystem.Of("15.0-RELEASE", "amd64") with { OsVersion = 1500068 },
                Packages = [Request],
                Repositories =
                [
                    new PackageRepository
                    {
                        Name = "latest",
                        Url = "http://127.0.0.1:9/never-asked",
                        Signature = Fingerprints.FromDirectory(
                            Path.Combine(RepositoryIn(folder), "keys")
                        ),
                    },
                ],
            }
        );
        Console.WriteLine(
            $"{resolved.Packages.Count} packages in {clock.ElapsedMilliseconds} ms, managed heap {GC.GetTotalMemory(false) >> 20} MiB"
        );
        return 0;
    }

    private static string RepositoryIn(string cache) =>
        Directory
            .CreateDirectory(
                new CacheLocation(cache).PackagesDirectory("FreeBSD:15:amd64", "latest")
            )
            .FullName;

    private static void Print(string what, Measured measured) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what, -12} {measured.Wall.TotalSeconds, 8:F2} s, of processors {measured.Processor.TotalSeconds:F2} s, {measured.PeakBytes >> 20} MiB"
            )
        );

    private static Task<Measured> PkgAsync(string pkg, string folder)
    {
        var root = Directory.CreateDirectory(Path.Combine(folder, "root")).FullName;
        var repositories = Directory.CreateDirectory(Path.Combine(folder, "repos")).FullName;
        File.WriteAllText(
            Path.Combine(repositories, "latest.conf"),
            $"latest: {{ url: \"file://{folder}\", enabled: yes, signature_type: \"none\" }}\n"
        );
        return Measured.RunAsync(
            pkg,
            [
                "-o",
                "ABI=FreeBSD:15:amd64",
                "-o",
                "OSVERSION=1500068",
                "-o",
                "ASSUME_ALWAYS_YES=yes",
                "-C",
                "/dev/null",
                "-R",
                repositories,
                "-r",
                root,
                "update",
                "-f",
            ]
        );
    }
}
