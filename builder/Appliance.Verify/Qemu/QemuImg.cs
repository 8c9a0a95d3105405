using System.Globalization;
using System.Text.Json;
using Appliance.Files;
using Appliance.Verify.Processes;

namespace Appliance.Verify.Qemu;

/// <summary>What qemu-img(1) does for us.</summary>
public sealed class QemuImg(ProcessGateway processes)
{
    private const int Sector = 512;

    /// <summary>Looks whether an image can be opened as what its name says, and does not depend on other files.</summary>
    /// <exception cref="VerifyException">The file is missing, or damaged, or names a backing file.</exception>
    public async Task CheckAsync(string path, CancellationToken token)
    {
        if (!File.Exists(path))
        {
            throw new VerifyException(
                VerifyFault.ImageNotFound,
                $"there is no image {path}: build one, or name the one to verify"
            );
        }

        if (new FileInfo(path).Length < Sector)
        {
            throw Bad(path, "is too short for a disk");
        }

        var outcome = await processes.RunUncheckedAsync(
            new(Tools.QemuImg, "info", "--output=json", "-f", ImageFormat.Of(path), "--", path),
            token
        );
        if (outcome.ExitCode != 0)
        {
            throw Bad(path, $"is no {ImageFormat.Of(path)} image: {outcome.StandardError.Trim()}");
        }

        using var info = JsonDocument.Parse(outcome.StandardOutput);
        if (info.RootElement.TryGetProperty("backing-filename", out var backing))
        {
            throw Bad(path, $"depends on another file, {backing.GetString()}");
        }
    }

    /// <summary>Makes a qcow2 file that holds only the differences from an image.</summary>
    /// <param name="image">Absolute path.</param>
    public Task CreateOverlayAsync(string image, string overlay, CancellationToken token) =>
        processes.RunAsync(
            new(
                Tools.QemuImg,
                "create",
                "-q",
                "-f",
                "qcow2",
                "-b",
                image,
                "-F",
                ImageFormat.Of(image),
                "--",
                overlay
            ),
            token
        );

    /// <summary>Converts an image; the target appears whole or not at all.</summary>
    /// <param name="format">QEMU's name, such as "vmdk" or "vpc".</param>
    /// <param name="options">Options of the format, such as "subformat=streamOptimized"; null: none.</param>
    public Task ConvertAsync(
        string source,
        string target,
        string format,
        string? options,
        CancellationToken token
    )
    {
        string[] chosen = options is null ? [] : ["-o", options];
        return OutputFile.ProduceAsync(
            target,
            aside =>
                processes.RunAsync(
                    new(
                        Tools.QemuImg,
                        [
                            "convert",
                            "-f",
                            ImageFormat.Of(source),
                            "-O",
                            format,
                            .. chosen,
                            "--",
                            source,
                            aside,
                        ]
                    )
                    {
                        TimeLimit = TimeSpan.FromMinutes(30),
                    },
                    token
                )
        );
    }

    /// <summary>Reads a range of what a guest sees as its disk.</summary>
    /// <param name="offset">Bytes; a multiple of 512.</param>
    /// <param name="length">Bytes; rounded up to a multiple of 512.</param>
    /// <param name="scratch">A file name that may be used meanwhile.</param>
    public async Task<byte[]> ReadAsync(
        string qcow2,
        long offset,
        int length,
        string scratch,
        CancellationToken token
    )
    {
        try
        {
            await processes.RunAsync(
                // Not dd: what its count means beside skip differs between versions.
                new(
                    Tools.QemuImg,
                    "convert",
                    "--image-opts",
                    "-O",
                    "raw",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"driver=raw,offset={offset},size={RoundUp(length)},file.driver=qcow2,file.file.driver=file,"
                    ) + $"file.file.filename={QemuArguments.Escape(qcow2)}",
                    scratch
                ),
                token
            );
            return await File.ReadAllBytesAsync(scratch, token);
        }
        finally
        {
            File.Delete(scratch);
        }
    }

    private static int RoundUp(int length) => (length + Sector - 1) / Sector * Sector;

    private static VerifyException Bad(string path, string what) =>
        new(VerifyFault.BadImage, $"{path} {what}");
}
