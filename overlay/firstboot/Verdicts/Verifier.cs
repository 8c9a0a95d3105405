using System.Text;
using System.Text.Json;
using Appliance.FirstBoot.Checks;
using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.State;
using Appliance.Rendering;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Verdicts;
using Outcome = Appliance.Rendering.Verdicts.Personalisation;

namespace Appliance.FirstBoot.Verdicts;

/// <summary>Compares the running machine with its document and says so in one verdict.</summary>
/// <param name="machine">The operating system.</param>
/// <param name="render">The same rendering as on the workstation; a parameter for tests alone.</param>
/// <param name="patience">How long to wait for what comes up late: daemons, duplicate address detection.</param>
internal sealed class Verifier(IMachine machine, Renderer render, TimeSpan patience)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly StateStore store = new(machine);
    private TimeSpan paused;

    /// <summary>Checks until all pass or the patience is over; writes the full verdict to the disk.</summary>
    public Verdict Run()
    {
        var started = machine.Elapsed;
        var boot = store.CountBoot();
        var early = store.ReadEarlyStage();
        var state = store.ReadState();
        var (site, outcome, error, list) = Examine(early, state);
        var system = SystemValues();
        var (kernel, userland) = Versions();
        var verdict = new Verdict
        {
            Schema = Verdict.CurrentSchema,
            Site = site,
            Ok = outcome != Outcome.Failed && list.Failed == 0,
            Personalisation = outcome,
            Boot = boot,
            BootMethod = system.GetValueOrDefault("machdep.bootmethod", "unknown"),
            Passed = list.Passed,
            Failed = list.Failed,
            Milliseconds = (early?.Milliseconds ?? 0) + Worked(started),
            ProgramsMilliseconds =
                (early?.ProgramsMilliseconds ?? 0) + (long)machine.InPrograms.TotalMilliseconds,
            PeakKibibytes = Math.Max(early?.PeakKibibytes ?? 0, machine.PeakKibibytes),
            Error = error,
            Minimal = state?.Minimal ?? false,
            InstanceId = state?.InstanceId ?? state?.Uuid,
            PreviousInstanceId = early?.PreviousInstanceId,
            HostKey = HostKeys.Fingerprint(machine),
            HostUuid = system.GetValueOrDefault("kern.hostuuid"),
            Base = ImageBase.Read(machine.Read(ImageBase.TargetPath)),
            Kernel = kernel,
            Userland = userland,
            Sources = early?.Sources ?? state?.Sources ?? [],
            Findings = early?.Findings ?? state?.Findings ?? [],
            Checks = list.Checks,
        };
        return
            store.TryWriteWhole(
                Verdict.TargetPath,
                Encoding.UTF8.GetBytes(VerdictJson.WriteLine(verdict) + "\n")
            )
                is { } problem
            ? verdict with
            {
                Ok = false,
                Error = verdict.Error ?? $"the verdict cannot be stored: {problem}",
            }
            : verdict;
    }

    private (string Site, Outcome Outcome, string? Error, CheckList List) Examine(
        EarlyStage? early,
        ApplianceState? state
    )
    {
        var site = state?.Site ?? SiteOfImage();
        try
        {
            var content = store.ReadDocument();
            if (state is null || content is null || state.DocumentSha256 != Sha256.Hex(content))
            {
                throw new FirstBootException(
                    early?.Error
                        ?? "personalisation left no state for this document: it was interrupted or never started"
                );
            }

            var expected = Expect(SiteDocumentJson.Read(content), state);
            var list = CheckPatiently(expected);
            EchoChecks.Add(list, expected, machine);
            var error = early?.Error ?? Doubt(early, state);
            var outcome = error is null ? early?.Personalisation ?? Outcome.Kept : Outcome.Failed;
            return (site, outcome, error, list);
        }
        catch (Exception exception)
            when (exception is FirstBootException or RenderingException or JsonException)
        {
            return (site, Outcome.Failed, exception.Message, new CheckList());
        }
    }

    /// <summary>Why what was applied is not what the machine should be, although nothing failed at this boot.</summary>
    private string? Doubt(EarlyStage? early, ApplianceState state) =>
        state.Minimal
            ? "this is a minimal machine: an earlier boot found no document that can be used"
        : state.ImageSha256 != Sha256.Hex(machine.Read(SiteDocument.TargetPath) ?? [])
            ? "personalisation left no state for this document: it was interrupted or never started"
        : null;

    /// <summary>The site that was meant, "" when nobody knows.</summary>
    private string SiteOfImage()
    {
        try
        {
            return machine.Read(SiteDocument.TargetPath) is { } content
                ? SiteDocumentJson.Read(content).Site
                : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private Expectation Expect(SiteDocument document, ApplianceState state) =>
        new(
            document,
            state.Interfaces,
            FilesOf(document, state),
            Accounts.Read(machine),
            state.ConsolePassword
        );

    private IReadOnlyList<RenderedFile> FilesOf(SiteDocument document, ApplianceState state)
    {
        var files = render(
            document,
            new InterfaceNames(state.Interfaces),
            new Secrets(store.ReadSecrets())
        );
        return state.Minimal ? MinimalPlanner.Closed(files) : files;
    }

    private CheckList CheckPatiently(Expectation expected)
    {
        var deadline = machine.Elapsed + patience;
        var reader = new KernelReader(machine);
        while (true)
        {
            var list = AllChecks.Run(expected, reader.Read(expected.Request()));
            if (list.Failed == 0 || machine.Elapsed >= deadline)
            {
                return list;
            }

            machine.Pause(Interval);
            paused += Interval;
        }
    }

    private IReadOnlyDictionary<string, string> SystemValues() =>
        SettingListParser.Parse(
            machine
                .Run(
                    "/sbin/sysctl",
                    ["-e", "machdep.bootmethod", "kern.hostuuid"],
                    TimeSpan.FromSeconds(10)
                )
                .Output
        );

    /// <summary>One line each, kernel first (freebsd-version(1)); both null where it fails.</summary>
    private (string? Kernel, string? Userland) Versions()
    {
        var result = machine.Run("/bin/freebsd-version", ["-k", "-u"], TimeSpan.FromSeconds(10));
        return
            result.Succeeded
            && result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                is [var kernel, var userland]
            ? (kernel.Trim(), userland.Trim())
            : (null, null);
    }

    private long Worked(TimeSpan started) =>
        (long)(machine.Elapsed - started - paused).TotalMilliseconds;
}
