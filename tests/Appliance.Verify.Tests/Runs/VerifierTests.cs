using Appliance.Verify.Console;
using Appliance.Verify.Processes;
using Appliance.Verify.Qemu;
using Appliance.Verify.Runs;
using Appliance.Verify.Tests.Guests;

namespace Appliance.Verify.Tests.Runs;

/// <summary>Whole runs with small guests that print what an appliance would.</summary>
public sealed class VerifierTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_image_that_boots_twice_and_keeps_its_state_passes()
    {
        var result = await RunAsync(
            GuestDisk.WithUfs(
                GuestDisk.Bios(
                    Unmounting(Transcript.Boot(Transcript.Good(1))),
                    Unmounting(Transcript.Boot(Transcript.Good(2)))
                )
            ),
            request => request with { CheckFileSystems = true }
        );

        var run = Assert.Single(result.Runs);
        Assert.True(result.Passed, Failures(run));
        Assert.True(run.PowerOffClean);
        Assert.True(run.FileSystemClean);
        Assert.Equal([1, 2], run.Boots.Select(boot => boot.Verdict!.Boot));
        Assert.Equal(Enum.GetValues<BootPhase>(), run.Boots[1].Phases.Select(mark => mark.Phase));
        Assert.Empty(run.LastConsoleLines);
    }

    private static GuestScript Unmounting(GuestScript boot) =>
        boot.Poke(GuestDisk.CleanByte, 0).WaitForButton().Poke(GuestDisk.CleanByte, 1).PowerOff();

    private async Task<VerifyResult> RunAsync(
        byte[] disk,
        Func<VerifyRequest, VerifyRequest>? change = null
    )
    {
        Need.Qemu();
        var request = new VerifyRequest
        {
            ImagePath = folder.Write("guest.raw", disk),
            Firmwares = [FirmwareKind.Bios],
            Accelerator = Accelerator.Tcg,
            Memory = 64,
            TimeLimitPerBoot = TimeSpan.FromSeconds(60),
            CheckFileSystems = false,
            WorkFolder = folder.Path,
        };
        return await Verifier
            .OfThisComputer()
            .RunAsync(change?.Invoke(request) ?? request, progress: null, Need.Token);
    }

    private static string Failures(RunResult run) =>
        string.Join(
            '\n',
            run.Checks.Where(check => !check.Passed)
                .Select(check => $"{check.Name}: {check.Detail}")
                .Concat(run.LastConsoleLines)
        );
}
