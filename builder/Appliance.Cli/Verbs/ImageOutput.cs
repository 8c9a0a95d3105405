using Appliance.Build;
using Appliance.Build.Plans;
using Appliance.Cli.Terminal;
using Appliance.Files;
using Appliance.Imaging.Disk;
using Appliance.Model.Profiles;
using Appliance.Verify.Processes;
using Appliance.Verify.Qemu;
using ImageFormat = Appliance.Model.Profiles.ImageFormat;

namespace Appliance.Cli.Verbs;

/// <summary>The image files of one build: written aside and renamed, in every format that the profile names.</summary>
internal sealed class ImageOutput(
    VerbContext context,
    string folder,
    string siteName,
    IReadOnlyList<ImageFormat> formats
)
{
    private readonly string folder = context.Environment.Resolve(folder);

    /// <summary>Finds out what would stop the build at its end, before it begins.</summary>
    /// <exception cref="BuildException">The folder cannot be written.</exception>
    /// <exception cref="MissingToolException">A format needs qemu-img, which is not there.</exception>
    public void Check()
    {
        if (formats.Any(NeedsQemuImg))
        {
            Tools().Find(Verify.Processes.Tools.QemuImg);
        }

        try
        {
            OutputFolder.CheckWritable(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BuildException(
                BuildFailure.Output,
                $"cannot write into {folder}: {exception.Message}; name another folder with --output",
                exception
            );
        }
    }

    /// <summary>Writes all formats; the first of the result is the one to boot.</summary>
    public async Task<IReadOnlyList<string>> WriteAsync(DiskPlan disk, CancellationToken token)
    {
        using var display = new ProgressDisplay(context.Output);
        var written = new List<string>();
        // A foreign format is converted from what we wrote ourselves; without one of ours, from a raw image in passing.
        var ours = formats.Where(format => !NeedsQemuImg(format)).ToList();
        var scratch =
            ours.Count == 0 ? OutputFolder.CreateTemporary($".{siteName}.", folder) : null;
        var passing = scratch is null ? null : Path.Combine(scratch, "disk.img");
        try
        {
            foreach (var format in ours)
            {
                written.Add(WriteOne(disk, PathOf(format), format, display, token));
            }

            if (passing is not null)
            {
                WriteOne(disk, passing, ImageFormat.Raw, display, token);
            }

            foreach (var format in formats.Where(NeedsQemuImg))
            {
                written.Add(await ConvertAsync(passing ?? written[0], format, display, token));
            }
        }
        finally
        {
            if (scratch is not null)
            {
                Directory.Delete(scratch, recursive: true);
            }
        }

        return written;
    }

    private static string WriteOne(
        DiskPlan disk,
        string path,
        ImageFormat format,
        ProgressDisplay display,
        CancellationToken token
    )
    {
        var total = disk.Partitions.Sum(placed => placed.Partition.Content?.Length ?? 0);
        long done = 0;
        var progress = new SynchronousProgress<long>(bytes =>
            display.Report($"writing {path}", done += bytes, total)
        );
        if (format == ImageFormat.Qcow2)
        {
            ImageFile.WriteQcow2(disk, path, progress, token);
        }
        else
        {
            ImageFile.WriteRaw(disk, path, progress, token);
        }

        return path;
    }

    private async Task<string> ConvertAsync(
        string source,
        ImageFormat format,
        ProgressDisplay display,
        CancellationToken token
    )
    {
        var path = PathOf(format);
        display.Report($"converting to {path}");
        var (name, options) =
            format == ImageFormat.Vmdk
                ? ("vmdk", "subformat=streamOptimized")
                : ("vpc", "force_size=on");
        await new QemuImg(new ProcessGateway(Tools())).ConvertAsync(
            source,
            path,
            name,
            options,
            token
        );
        return path;
    }

    private HostTools Tools() => new(context.Environment.Variable("PATH") ?? "");

    private string PathOf(ImageFormat format) =>
        Path.Combine(
            folder,
            siteName + (format == ImageFormat.Raw ? ".img" : "." + FormatNames.Of(format))
        );

    private static bool NeedsQemuImg(ImageFormat format) =>
        format is ImageFormat.Vmdk or ImageFormat.Vhd;
}
