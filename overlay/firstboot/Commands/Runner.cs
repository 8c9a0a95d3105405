using System.Text;
using Appliance.FirstBoot.Http;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.Preflight;
using Appliance.FirstBoot.State;
using Appliance.FirstBoot.Verdicts;
using Appliance.Rendering;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Verdicts;
using Outcome = Appliance.Rendering.Verdicts.Personalisation;

namespace Appliance.FirstBoot.Commands;

/// <summary>The verbs: four for people, three for rc.d scripts.</summary>
/// <param name="machine">The operating system.</param>
/// <param name="connector">Reaches metadata services.</param>
/// <param name="output">Standard output.</param>
/// <param name="errors">Standard error.</param>
internal sealed class Runner(
    IMachine machine,
    IConnector connector,
    TextWriter output,
    TextWriter errors
)
{
    private const int Success = 0;
    private const int Failure = 1;

    /// <summary>The document cannot be used, and a minimal machine stands in.</summary>
    private const int Minimal = 3;

    public int Run(Options options) =>
        options.Verb switch
        {
            "personalise" => Personalise(new Personaliser(machine, connector, Render).Run()),
            "minimal" => Personalise(new Personaliser(machine, connector, Render).RunMinimal()),
            "verdict" => Console(Examine(options)),
            "verify" => Show(Examine(options), options.Json),
            "preflight" => Preflight(options),
            "rerun" => Rerun(),
            _ => Status(options.Json),
        };

    /// <summary>
    /// "personalised: Done" for the rc.d script, which has rc(8) read its configuration again then.
    /// </summary>
    private int Personalise(EarlyStage stage)
    {
        if (stage.Personalisation == Outcome.Failed)
        {
            errors.WriteLine($"appliance: personalisation failed: {stage.Error}");
            return stage.Minimal ? Minimal : Failure;
        }

        output.WriteLine($"personalised: {stage.Personalisation}");
        return Success;
    }

    /// <summary>Asks all sources again, whatever was done before. Services take what is new at the next boot.</summary>
    private int Rerun()
    {
        new StateStore(machine).ForgetFingerprint();
        var code = Personalise(new Personaliser(machine, connector, Render).Run());
        if (code != Failure)
        {
            output.WriteLine("Restart the machine for what changed: shutdown -r now");
        }

        return code;
    }

    private Verdict Examine(Options options) =>
        new Verifier(machine, Render, options.Patience).Run();

    /// <summary>The console line carries the failed checks only.</summary>
    private int Console(Verdict verdict)
    {
        var brief = verdict with { Checks = [.. verdict.Checks.Where(check => !check.Passed)] };
        output.WriteLine(Verdict.ConsoleMarker + VerdictJson.WriteLine(brief));
        return verdict.Ok ? Success : Failure;
    }

    private int Show(Verdict verdict, bool json)
    {
        if (json)
        {
            output.WriteLine(VerdictJson.WriteLine(verdict));
        }
        else
        {
            VerdictText.Write(output, verdict);
        }

        return verdict.Ok ? Success : Failure;
    }

    /// <summary>The last verdict; nothing is looked at again.</summary>
    private int Status(bool json)
    {
        if (machine.Read(Verdict.TargetPath) is not { } content)
        {
            errors.WriteLine($"appliance: there is no {Verdict.TargetPath} yet");
            return Failure;
        }

        return Show(VerdictJson.Read(Encoding.UTF8.GetString(content)), json);
    }

    private int Preflight(Options options)
    {
        try
        {
            var preflight = new PreflightRun(machine, Render);
            var list = preflight.Check();
            var lifted = options.Lift && list.Failed == 0 ? preflight.Lift() : [];
            var report = new PreflightReport
            {
                Ok = list.Failed == 0,
                Lifted = lifted,
                Checks = list.Checks,
            };
            Write(report, options.Json);
            return report.Ok ? Success : Failure;
        }
        catch (FirstBootException exception)
        {
            errors.WriteLine($"appliance: preflight: {exception.Message}");
            return Failure;
        }
    }

    private void Write(PreflightReport report, bool json)
    {
        if (json)
        {
            output.WriteLine(report.ToJson());
            return;
        }

        VerdictText.Write(output, report.Checks);
        foreach (var command in report.Lifted)
        {
            output.WriteLine($"lifted: {command}");
        }

        output.WriteLine(report.Ok ? "preflight passed" : "preflight failed");
    }

    private static IReadOnlyList<RenderedFile> Render(
        SiteDocument document,
        InterfaceNames names,
        Secrets secrets
    ) => SiteRenderer.Render(document, names, secrets);
}
