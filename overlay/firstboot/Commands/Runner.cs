using System.Text;
using Appliance.FirstBoot.Http;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.State;
using Appliance.FirstBoot.Verdicts;
using Appliance.Rendering;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Verdicts;
using Outcome = Appliance.Rendering.Verdicts.Personalisation;

namespace Appliance.FirstBoot.Commands;

/// <summary>The three verbs.</summary>
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
            "verify" => Verify(options.Patience),
            _ => Status(),
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

    /// <summary>The console line carries the failed checks only.</summary>
    private int Verify(TimeSpan patience)
    {
        var verdict = new Verifier(machine, Render, patience).Run();
        var brief = verdict with { Checks = [.. verdict.Checks.Where(check => !check.Passed)] };
        output.WriteLine(Verdict.ConsoleMarker + VerdictJson.WriteLine(brief));
        return verdict.Ok ? Success : Failure;
    }

    /// <summary>The last full verdict, for people.</summary>
    private int Status()
    {
        if (machine.Read(Verdict.TargetPath) is not { } content)
        {
            errors.WriteLine($"appliance: there is no {Verdict.TargetPath} yet");
            return Failure;
        }

        var verdict = VerdictJson.Read(Encoding.UTF8.GetString(content));
        foreach (var check in verdict.Checks)
        {
            var mark = check.Passed ? "ok    " : "FAILED";
            output.WriteLine($"{mark} {check.Name}: {check.Actual} (expected {check.Expected})");
        }

        output.WriteLine(
            $"site {verdict.Site}, boot {verdict.Boot} ({verdict.BootMethod}), "
                + $"{verdict.Passed} passed, {verdict.Failed} failed"
        );
        if (verdict.Error is { } error)
        {
            output.WriteLine($"personalisation {verdict.Personalisation}: {error}");
        }

        return verdict.Ok ? Success : Failure;
    }

    private static IReadOnlyList<RenderedFile> Render(
        SiteDocument document,
        InterfaceNames names,
        Secrets secrets
    ) => SiteRenderer.Render(document, names, secrets);
}
