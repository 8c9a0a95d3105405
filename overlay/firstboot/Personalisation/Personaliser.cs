using System.Text.Json;
using Appliance.FirstBoot.Http;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Signatures;
using Appliance.FirstBoot.Sources;
using Appliance.FirstBoot.State;
using Appliance.FirstBoot.Yaml;
using Appliance.Rendering;
using Outcome = Appliance.Rendering.Verdicts.Personalisation;

namespace Appliance.FirstBoot.Personalisation;

/// <summary>
/// Makes the machine the one its site document describes, or leaves it as it was; a machine that was nothing yet,
/// or another one, becomes a minimal one instead.
/// </summary>
/// <param name="machine">The operating system.</param>
/// <param name="connector">Reaches metadata services.</param>
/// <param name="render">The same rendering as on the workstation; a parameter for tests alone.</param>
internal sealed class Personaliser(IMachine machine, IConnector connector, Renderer render)
{
    private const string NoInterface = "there is no interface to reach a minimal machine by";

    private readonly StateStore store = new(machine);

    /// <summary>All that is known; null until the sources were asked.</summary>
    private Gathering? gathered;

    /// <summary>Runs the early stage and records the result for the late one.</summary>
    public EarlyStage Run() => Record(() => Attempt(asksSources: true));

    /// <summary>
    /// In place of a run that hung and was ended: no source is asked, since one of them may be what it hung on. A
    /// machine that was complete before stays as it is.
    /// </summary>
    public EarlyStage RunMinimal() => Record(() => Attempt(asksSources: false));

    private EarlyStage Record(Func<EarlyStage> attempt)
    {
        var started = machine.Elapsed;
        var stage = attempt() with
        {
            Milliseconds = (long)(machine.Elapsed - started).TotalMilliseconds,
            ProgramsMilliseconds = (long)machine.InPrograms.TotalMilliseconds,
            PeakKibibytes = machine.PeakKibibytes,
        };
        store.WriteEarlyStage(stage);
        return stage;
    }

    private EarlyStage Attempt(bool asksSources)
    {
        ApplianceState? before = null;
        var planner = new Planner(machine, store, render);
        try
        {
            Recover();
            before = store.ReadState();
            gathered = new Gatherer(machine, connector).Gather(
                asksSources,
                hasEarlierDocument: before is { Minimal: false }
            );
            var isSame = before is not null && Identity.IsSame(before, gathered);
            SecureHostId(before, isSame);
            var outcome = Apply(planner.Plan(gathered, isSame), before, isSame);
            return Stage(outcome, planner) with
            {
                PreviousInstanceId =
                    before is null || isSame ? null : before.InstanceId ?? before.Uuid,
            };
        }
        catch (Exception exception) when (IsAnswered(exception))
        {
            var isLost =
                before is null or { Minimal: true }
                || (gathered is not null && !Identity.IsSame(before, gathered));
            var error = Reason(exception) + (isLost ? BecomeMinimal(before, planner.Accepted) : "");
            return Stage(Outcome.Failed, planner) with
            {
                Error = error,
                Minimal = store.ReadState() is { Minimal: true },
            };
        }
    }

    /// <summary>
    /// Before anything shows the host id to anybody it is on the disk; one that the machine had before returns. A clone
    /// gets its own when it is installed.
    /// </summary>
    private void SecureHostId(ApplianceState? before, bool isSame)
    {
        if (before is null || isSame)
        {
            _ = new HostIdentity(machine).Secure(before?.HostUuid);
        }
    }

    private void Recover()
    {
        if (store.ReadJournal() is not null)
        {
            new RootAccount(machine).ClearInterrupted();
            new FileTransaction(machine, store).Recover();
        }
    }

    /// <summary>
    /// The minimal machine of all that is known; where that fails, the one of DHCP and the owner's keys; and where nothing
    /// can be made, root is locked all the same.
    /// </summary>
    /// <returns>"" or what failed on the way.</returns>
    private string BecomeMinimal(ApplianceState? before, SignedDocument? accepted)
    {
        var problem = TryMinimal(before, accepted, isLastResort: false);
        if (problem is null)
        {
            return "";
        }

        if (TryMinimal(before, accepted, isLastResort: true) is null)
        {
            return $"; the minimal machine has DHCP alone: {problem}";
        }

        var open = new RootAccount(machine).Lock();
        return (
                problem == NoInterface
                    ? $"; and {NoInterface}"
                    : $"; and no minimal machine: {problem}"
            ) + (open is null ? "" : $"; and root may be open: {open}");
    }

    private string? TryMinimal(ApplianceState? before, SignedDocument? accepted, bool isLastResort)
    {
        try
        {
            if (
                new MinimalPlanner(machine, render).Plan(gathered, accepted, isLastResort)
                is not { } target
            )
            {
                return NoInterface;
            }

            var isSame = before is null || gathered is null || Identity.IsSame(before, gathered);
            Apply(target, before, isSame);
            return null;
        }
        catch (Exception exception) when (IsAnswered(exception))
        {
            return Reason(exception);
        }
    }

    private Outcome Apply(Target target, ApplianceState? before, bool isSame)
    {
        gathered = gathered?.Recording(target.NotApplied);
        var state = StateOf(target, (before?.Run ?? 0) + 1);
        if (isSame && before is not null && before.IsOf(state) && IsInPlace(target))
        {
            if (before.Fingerprint != state.Fingerprint)
            {
                store.WriteState(before with { Fingerprint = state.Fingerprint });
            }

            return Outcome.Kept;
        }

        new Installer(machine, store).Install(
            target,
            state,
            before,
            renewIdentity: before is not null && !isSame
        );
        return Outcome.Done;
    }

    /// <summary>The document says what the files are; that they are still those is checked at every boot, later.</summary>
    private bool IsInPlace(Target target) =>
        store.ReadDocument() is not null
        && target.Files.All(file => machine.Mode(file.Path) is not null);

    private ApplianceState StateOf(Target target, int run)
    {
        var document = StateStore.Written(target.Document);
        var image = gathered?.Image.Own ?? [];
        return new ApplianceState
        {
            Schema = ApplianceState.CurrentSchema,
            Run = run,
            Fingerprint =
                target.IsMinimal ? null
                : gathered is null ? null
                : Identity.Fingerprint(gathered),
            ImageSha256 = Sha256.Hex(image),
            DocumentSha256 = Sha256.Hex(document),
            SecretsSha256 = StateStore.DigestOf(target.Secrets),
            Site = target.Document.Site,
            InstanceId = gathered?.Facts.InstanceId,
            Uuid = gathered?.Smbios.OwnUuid,
            Minimal = target.IsMinimal,
            ConsolePassword = target.ConsolePassword is not null,
            Interfaces = target.Devices,
            Sources = gathered?.Records ?? [],
            Findings = target.Findings,
            Applied = machine.UtcNow,
        };
    }

    private EarlyStage Stage(Outcome outcome, Planner planner) =>
        new()
        {
            Personalisation = outcome,
            Sources = gathered?.Records,
            Findings = planner.Findings,
            Milliseconds = 0,
            ProgramsMilliseconds = 0,
        };

    /// <summary>Whatever it is, the machine must not stay without a way in for it.</summary>
    private static bool IsAnswered(Exception exception) => exception is not OutOfMemoryException;

    /// <summary>Messages of ours are sentences; of others, .NET's resources are left out of the executable.</summary>
    private static string Reason(Exception exception) =>
        exception
            is FirstBootException
                or RenderingException
                or JsonException
                or YamlException
                or IOException
                or UnauthorizedAccessException
            ? exception.Message
            : $"{exception.GetType().Name}: {exception.Message}";
}
