namespace Appliance.Benchmarks;

/// <summary>
/// How such an image is made with other people's tools: unpack the sets, make a file system of the folder, put it on a
/// disk, and bring that to the medium as we do. bsdtar keeps owners only as root, and must not set file flags on the host:
/// -p would, unless it is taken back after it.
/// </summary>
internal sealed class ReferenceChain(string setsFolder, string workFolder)
{
    /// <summary>Program of the chain; FreeBSD's own makefs can be named in the environment.</summary>
    private static string MakeFs => Environment.GetEnvironmentVariable("MAKEFS") ?? "makefs";

    public async Task<TimeSpan> RunAsync(long rootBytes)
    {
        var root = Path.Combine(workFolder, "root");
        var fileSystem = Path.Combine(workFolder, "root.ufs");
        var image = Path.Combine(workFolder, "reference.img");
        var wall = TimeSpan.Zero;
        Directory.CreateDirectory(root);
        foreach (var set in new[] { "base.txz", "kernel.txz" })
        {
            wall += await StepAsync(
                "bsdtar",
                "-x",
                "-p",
                "--no-fflags",
                "-f",
                Path.Combine(setsFolder, set),
                "-C",
                root
            );
        }

        wall += await StepAsync(
            MakeFs,
            "-t",
            "ffs",
            "-s",
            $"{rootBytes}",
            "-o",
            "version=2,bsize=32768,fsize=4096",
            fileSystem,
            root
        );
        wall += await StepAsync("truncate", "-s", $"{rootBytes + (40L << 20)}", image);
        wall += await StepAsync(
            "sgdisk",
            "-n",
            "1:0:+512K",
            "-n",
            "2:0:+34M",
            "-n",
            "3:0:0",
            image
        );
        wall += await StepAsync(
            "dd",
            $"if={fileSystem}",
            $"of={image}",
            "bs=1M",
            "seek=36",
            "conv=notrunc,sparse,fsync"
        );
        await StepAsync("rm", "-rf", root, fileSystem, image);
        return wall;
    }

    private static async Task<TimeSpan> StepAsync(string program, params string[] arguments) =>
        (await Measured.RunAsync(program, arguments)).Wall;
}
