using System.Globalization;
using Appliance.Rendering.Verdicts;
using Appliance.Verify.Runs;

namespace Appliance.Verify.Verdicts;

/// <summary>Compares a verdict with what it must say.</summary>
public static class VerdictJudge
{
    /// <summary>One check for each property, and one for each check that failed in the guest.</summary>
    /// <param name="prefix">Stands before the names, "boot1".</param>
    public static IReadOnlyList<RunCheck> Judge(
        string prefix,
        Verdict verdict,
        VerdictExpectation expected
    ) =>
        [
            Equal($"{prefix}.schema", Verdict.CurrentSchema, verdict.Schema),
            Equal($"{prefix}.site", expected.Site ?? verdict.Site, verdict.Site),
            Equal($"{prefix}.boot-method", expected.BootMethod, verdict.BootMethod),
            Equal($"{prefix}.boot-number", expected.Boot, verdict.Boot),
            Equal(
                $"{prefix}.personalisation",
                expected.Personalisation,
                verdict.Personalisation
            ) with
            {
                Duration = TimeSpan.FromMilliseconds(verdict.Milliseconds),
            },
            Overall(prefix, verdict),
            .. verdict
                .Checks.Where(check => !check.Passed)
                .Select(check => new RunCheck(
                    $"{prefix}.guest.{check.Name}",
                    false,
                    $"expected {check.Expected}, found {check.Actual}"
                )),
        ];

    private static RunCheck Overall(string prefix, Verdict verdict)
    {
        var counts = string.Create(
            CultureInfo.InvariantCulture,
            $"{verdict.Passed} checks passed, {verdict.Failed} failed"
        );
        return new(
            $"{prefix}.ok",
            // A verdict that calls itself good and names failures is not good, and neither is one that checked nothing.
            verdict is { Ok: true, Failed: 0, Error: null, Passed: > 0 }
                && verdict.Checks.All(check => check.Passed),
            verdict.Error is { } error ? $"{counts}: {error}" : counts
        );
    }

    private static RunCheck Equal<T>(string name, T expected, T actual)
        where T : notnull =>
        new(
            name,
            expected.Equals(actual),
            expected.Equals(actual)
                ? string.Create(CultureInfo.InvariantCulture, $"{actual}")
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"expected {expected}, the verdict says {actual}"
                )
        );
}
