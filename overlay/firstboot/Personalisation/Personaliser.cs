using System.Text.Json;
using Appliance.FirstBoot.Interfaces;
using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.State;
using Appliance.Rendering;
using Appliance.Rendering.Documents;
using Outcome = Appliance.Rendering.Verdicts.Personalisation;

namespace Appliance.FirstBoot.Personalisation;

/// <summary>Makes the machine the one its site document describes, or leaves it as it was.</summary>
/// <param name="machine">The operating system.</param>
/// <param name="render">The same rendering as on the workstation; a parameter for tests alone.</param>
internal sealed class Personaliser(
    IMachine machine,
    Func<SiteDocument, InterfaceNames, IReadOnlyList<RenderedFile>> render
)
{
    private readonly StateStore store = new(machine);

    /// <summary>Runs the early stage and records the result for the late one.</summary>
    public EarlyStage Run()
    {
        var started = machine.Elapsed;
        var (outcome, error) = Attempt();
        var stage = new EarlyStage
        {
            Personalisation = outcome,
            Error = error,
            Milliseconds = (long)(machine.Elapsed - started).TotalMilliseconds,
            ProgramsMilliseconds = (long)machine.InPrograms.TotalMilliseconds,
        };
        store.WriteEarlyStage(stage);
        return stage;
    }

    private (Outcome Outcome, string? Error) Attempt()
    {
        try
        {
            return (Apply(), null);
        }
        catch (Exception exception)
            when (exception
                    is FirstBootException
                        or RenderingException
                        or JsonException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            return (Outcome.Failed, exception.Message);
        }
    }

    private Outcome Apply()
    {
        var content =
            machine.Read(SiteDocument.TargetPath)
            ?? throw new FirstBootException($"there is no {SiteDocument.TargetPath}");
        var digest = Sha256.Hex(content);
        var isApplied = store.ReadState()?.DocumentSha256 == digest;
        var transaction = new FileTransaction(machine, store);
        transaction.Recover(isApplied);
        if (isApplied)
        {
            return Outcome.Kept;
        }

        var document = SiteDocumentJson.Read(content);
        var devices = FindDevices(document);
        var files = render(document, new InterfaceNames(devices));
        Replace(transaction, document, files, State(document, digest, devices));
        return Outcome.Done;
    }

    private IReadOnlyDictionary<string, string> FindDevices(SiteDocument document)
    {
        var interfaces = new KernelReader(machine).Interfaces();
        return new DeviceFinder(interfaces, device => PciPosition.Find(machine, device)).Find(
            document.Interfaces
        );
    }

    private void Replace(
        FileTransaction transaction,
        SiteDocument document,
        IReadOnlyList<RenderedFile> files,
        ApplianceState state
    )
    {
        try
        {
            transaction.Prepare(files, Accounts.Read(machine));
            new HostKeys(machine).Generate(files, document.Hostname);
            ConfigurationTests.Run(machine, files);
            transaction.Commit(
                complete: () =>
                {
                    new RootAccount(machine).Lock();
                    store.WriteState(state);
                },
                withdraw: store.DeleteState
            );
        }
        finally
        {
            transaction.Discard();
        }
    }

    private ApplianceState State(
        SiteDocument document,
        string digest,
        IReadOnlyDictionary<string, string> devices
    ) =>
        new()
        {
            Schema = ApplianceState.CurrentSchema,
            DocumentSha256 = digest,
            Site = document.Site,
            Interfaces = devices,
            Applied = machine.UtcNow,
        };
}
