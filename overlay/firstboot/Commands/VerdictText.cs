using System.Globalization;
using Appliance.FirstBoot.Personalisation;
using Appliance.Rendering.Verdicts;

namespace Appliance.FirstBoot.Commands;

/// <summary>Verdicts and checks for people.</summary>
internal static class VerdictText
{
    public static void Write(TextWriter output, Verdict verdict)
    {
        foreach (var source in verdict.Sources)
        {
            var gave = source.Gave.Count == 0 ? "" : $": {string.Join(", ", source.Gave)}";
            var place = source.Place is null ? "" : $" at {source.Place}";
            var note = source.Note is null ? "" : $" ({source.Note})";
            output.WriteLine($"source {source.Name} {Word(source.State)}{place}{gave}{note}");
            foreach (var ignored in source.Ignored)
            {
                output.WriteLine($"       not done: {ignored}");
            }
        }

        foreach (var finding in verdict.Findings)
        {
            output.WriteLine(
                SecretFindings.Text(finding)
                    ?? $"differs {finding.Subject}: {finding.Document} in the document, {finding.Metadata} in the metadata"
            );
        }

        Write(output, verdict.Checks);
        output.WriteLine(
            $"site {verdict.Site}, boot {verdict.Boot} ({verdict.BootMethod}), "
                + $"{verdict.Passed} passed, {verdict.Failed} failed"
        );
        if (verdict.Userland is { } userland)
        {
            output.WriteLine($"FreeBSD {userland}, kernel {verdict.Kernel}{Built(verdict.Base)}");
        }

        if (verdict.HostKey is { } key)
        {
            output.WriteLine($"ssh host key {key}");
        }

        if (verdict.PreviousInstanceId is { } previous)
        {
            output.WriteLine(
                $"this disk was in {previous} before, and is in {verdict.InstanceId} now"
            );
        }

        if (verdict.Error is { } error)
        {
            output.WriteLine($"personalisation {verdict.Personalisation}: {error}");
        }
    }

    public static void Write(TextWriter output, IReadOnlyList<Check> checks)
    {
        foreach (var check in checks)
        {
            var mark = check.Passed ? "ok    " : "FAILED";
            output.WriteLine($"{mark} {check.Name}: {check.Actual} (expected {check.Expected})");
        }
    }

    /// <summary>What the image had, to compare with what runs: a machine that was never updated has the image's patch level.</summary>
    private static string Built(ImageBase? image)
    {
        if (image is null)
        {
            return "";
        }

        var level = image.PatchLevel is { } known
            ? string.Create(CultureInfo.InvariantCulture, $"patch level {known}")
            : "an unknown patch level";
        var source = image.Source switch
        {
            BaseSource.Packages => "from packages",
            BaseSource.Sets when image.Official =>
                "from release sets, without later security fixes",
            BaseSource.Sets => "from sets that are not FreeBSD's own",
        };
        return $"; the image has {level}, {source}";
    }

    private static string Word(SourceState state) => state.ToString().ToLowerInvariant();
}
