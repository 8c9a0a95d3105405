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
    private readonly StateStore store = new(machine);

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
        Gathering? gathered = null;
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
            var outcome = Apply(planner.Plan(gathered, isSame), gathered, before, isSame);
            return Stage(outcome, gathered, planner) with
            {
                PreviousInstanceId =
                    before is null || isSame ? null : before.InstanceId ?? before.Uuid,
            };
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            var isLost =
                before is null or { Minimal: true }
                || (gathered is not null && !Identity.IsSame(before, gathered));
            return Stage(Outcome.Failed, gathered, planner) with
            {
                Error =
                    exception.Message
                    + (isLost ? BecomeMinimal(gathered, before, planner.Accepted) : ""),
                Minimal = store.ReadState() is { Minimal: true },
            };
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

    /// <summary>"" or, where not even this is possible, why.</summary>
    private string BecomeMinimal(
        Gathering? gathered,
        ApplianceState? before,
        SignedDocument? accepted
    )
    {
        try
        {
            if (new MinimalPlanner(machine, render).Plan(gathered, accepted) is not { } target)
            {
                return "; and there is no interface to reach a minimal machine by";
            }

            var isSame = before is null || gathered is null || Identity.IsSame(before, gathered);
            Apply(target, gathered, before, isSame);
            return "";
        }
        catch (Exception exception) when (IsExpected(exception))
        {
            return $"; and no minimal machine: {exception.Message}";
        }
    }

    private Outcome Apply(Target target, Gathering? gathered, ApplianceState? before, bool isSame)
    {
        var state = StateOf(target, gathered, (before?.Run ?? 0) + 1);
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

    private ApplianceState StateOf(Target target, Gathering? gathered, int run)
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

    private static EarlyStage Stage(Outcome outcome, Gathering? gathered, Planner planner) =>
        new()
        {
            Personalisation = outcome,
            Sources = gathered?.Records,
            Findings = planner.Findings,
            Milliseconds = 0,
            ProgramsMilliseconds = 0,
        };

    private static bool IsExpected(Exception exception) =>
        exception
            is FirstBootException
                or RenderingException
                or JsonException
                or YamlException
                or IOException
                or UnauthorizedAccessException;
}
