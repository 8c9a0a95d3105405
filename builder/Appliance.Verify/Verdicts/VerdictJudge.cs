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
            .. Patched(prefix, verdict),
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

    /// <summary>The running versions against the image's: the same until somebody updates the machine, and then newer.</summary>
    private static IEnumerable<RunCheck> Patched(string prefix, Verdict verdict)
    {
        if (verdict is not { Base: { } image, Userland: { } userland })
        {
            yield break;
        }

        var built = image.PatchLevel switch
        {
            null => "an unknown patch level",
            var level => string.Create(CultureInfo.InvariantCulture, $"patch level {level}"),
        };
        yield return new(
            $"{prefix}.release",
            userland == image.Release
                || userland.StartsWith($"{image.Release}-p", StringComparison.Ordinal),
            $"runs {userland}, kernel {verdict.Kernel}; built as {image.Release} at {built} from "
                + (
                    image.Source == BaseSource.Packages ? "packages"
                    : image.Official ? "release sets, without later security fixes"
                    : "sets that are not FreeBSD's own"
                )
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
