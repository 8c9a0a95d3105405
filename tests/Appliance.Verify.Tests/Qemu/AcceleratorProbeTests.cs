using Appliance.Verify.Processes;
using Appliance.Verify.Qemu;

namespace Appliance.Verify.Tests.Qemu;

public sealed class AcceleratorProbeTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Emulation_runs_the_probe_guest()
    {
        Need.Qemu();
        var outcome = await new AcceleratorProbe(Need.Processes).RunAsync(
            Accelerator.Tcg,
            folder.Path,
            Need.Token
        );
        Assert.True(outcome.Works, outcome.Reason);
    }

    [Fact]
    public async Task An_accelerator_of_another_system_does_not_and_says_why()
    {
        Need.Qemu();
        var foreign = OperatingSystem.IsMacOS() ? Accelerator.Kvm : Accelerator.Hvf;
        var outcome = await new AcceleratorProbe(Need.Processes).RunAsync(
            foreign,
            folder.Path,
            Need.Token
        );
        Assert.False(outcome.Works);
        Assert.NotEmpty(outcome.Reason!);
    }

    [Fact]
    public async Task A_qemu_that_starts_and_runs_nothing_does_not_pass_for_one_that_works()
    {
        Need.Tools(Need.Shell);
        var outcome = await Imposter("exit 0");
        Assert.Equal("QEMU ended with exit code 0", outcome.Reason);
    }

    [Fact]
    public async Task What_qemu_complains_about_becomes_the_reason_without_its_warnings()
    {
        Need.Tools(Need.Shell);
        var outcome = await Imposter(
            "echo 'qemu: warning: no pni' >&2; echo 'KVM: emulation failure' >&2; exit 134"
        );
        Assert.Equal("KVM: emulation failure", outcome.Reason);
    }

    [Fact]
    public async Task An_accelerator_is_asked_once()
    {
        Need.Tools(Need.Shell);
        var probe = new AcceleratorProbe(Script($"echo x >> {folder.File("count")}; exit 1"));
        await probe.RunAsync(Accelerator.Tcg, folder.Path, Need.Token);
        await probe.RunAsync(Accelerator.Tcg, folder.Path, Need.Token);
        Assert.Equal("x\n", await File.ReadAllTextAsync(folder.File("count"), Need.Token));
    }

    private Task<ProbeOutcome> Imposter(string script) =>
        new AcceleratorProbe(Script(script)).RunAsync(Accelerator.Tcg, folder.Path, Need.Token);

    private ProcessGateway Script(string script) => new(Imposters.Qemu(folder, script));
}
