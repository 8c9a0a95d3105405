using Appliance.Verify.FileSystems;
using Appliance.Verify.Qemu;

namespace Appliance.Verify.Runs;

/// <summary>
/// Looks from outside at the UFS2 file systems of a machine that went off. What that notices, and what it does not, is said at
/// <see cref="Ufs2State"/>.
/// </summary>
/// <param name="scratch">A file name that may be used meanwhile.</param>
internal sealed class FileSystemChecks(QemuImg images, string scratch)
{
    public const string Prefix = "file-system";

    /// <summary>One check for every UFS partition; a failed one if there is none.</summary>
    /// <param name="overlay">The qcow2 file that the machine used.</param>
    public async Task<IReadOnlyList<RunCheck>> RunAsync(string overlay, CancellationToken token)
    {
        var table = await images.ReadAsync(overlay, 0, UfsPartitions.TableLength, scratch, token);
        var checks = new List<RunCheck>();
        foreach (var partition in UfsPartitions.Find(table))
        {
            checks.Add(await LookAsync(overlay, partition, token));
        }

        return checks.Count > 0
            ? checks
            : [new(Prefix, false, "the disk has no GPT with a freebsd-ufs partition")];
    }

    private async Task<RunCheck> LookAsync(
        string overlay,
        UfsPartition partition,
        CancellationToken token
    )
    {
        var superblock = await images.ReadAsync(
            overlay,
            partition.Offset + Ufs2State.SuperblockOffset,
            Ufs2State.SuperblockLength,
            scratch,
            token
        );
        var trouble = Ufs2State.Read(superblock) is { } state
            ? state.Trouble
            : "has no UFS2 superblock";
        return new(
            $"{Prefix}.{partition.Label}",
            trouble is null,
            trouble is null ? "clean" : $"{partition.Label} {trouble}"
        );
    }
}
