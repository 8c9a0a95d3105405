using Appliance.Verify.Qemu;
using Appliance.Verify.Runs;

namespace Appliance.Verify.Tests.Runs;

/// <summary>Runs the verifier on a small guest, and watches that nothing is left behind.</summary>
internal sealed class GuestRun : IDisposable
{
    private readonly TestFolder folder = new();

    public TestFolder Folder => folder;

    /// <summary>Where the verifier puts its temporary files; empty afterwards.</summary>
    public string WorkFolder => folder.File("work");

    public VerifyRequest Request(byte[] disk) =>
        new()
        {
            ImagePath = folder.Write("guest.raw", disk),
            Firmwares = [FirmwareKind.Bios],
            Accelerator = Accelerator.Tcg,
            Memory = 64,
            TimeLimitPerBoot = TimeSpan.FromMinutes(2),
            CheckFileSystems = false,
            WorkFolder = WorkFolder,
        };

    public async Task<VerifyResult> RunAsync(
        byte[] disk,
        Func<VerifyRequest, VerifyRequest>? change = null,
        IProgress<VerifyProgress>? progress = null
    )
    {
        Need.Qemu();
        var request = Request(disk);
        var result = await Verifier
            .OfThisComputer()
            .RunAsync(change?.Invoke(request) ?? request, progress, Need.Token);
        AssertNothingIsLeft();
        return result;
    }

    /// <summary>The checks that failed, of the only run.</summary>
    public static string[] FailedChecks(VerifyResult result) =>
        [
            .. Assert
                .Single(result.Runs)
                .Checks.Where(check => !check.Passed)
                .Select(check => check.Name),
        ];

    public static string Failures(VerifyResult result) =>
        string.Join(
            '\n',
            result.Runs.SelectMany(run =>
                run.Checks.Where(check => !check.Passed)
                    .Select(check => $"{check.Name}: {check.Detail}")
                    .Concat(run.LastConsoleLines)
            )
        );

    /// <summary>No temporary file, and no process that mentions our folder.</summary>
    public void AssertNothingIsLeft()
    {
        Assert.Empty(
            Directory.Exists(WorkFolder) ? Directory.GetFileSystemEntries(WorkFolder) : []
        );
        Assert.Empty(ProcessesThatMention(folder.Path));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Command lines of other processes; Linux only, empty elsewhere.</summary>
    public static IReadOnlyList<string> ProcessesThatMention(string text) =>
        Directory.Exists("/proc")
            ?
            [
                .. Directory
                    .GetDirectories("/proc")
                    .Select(CommandLine)
                    .Where(command => command.Contains(text, StringComparison.Ordinal)),
            ]
            : [];

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
