using Appliance.Rendering.Verdicts;

namespace Appliance.FirstBoot.Checks;

/// <summary>Collects checks. Names are stable, lower case, dotted: "tunnel.gif0.mtu".</summary>
internal sealed class CheckList
{
    /// <summary>What stands for a thing that is not there.</summary>
    public const string Missing = "missing";

    private readonly List<Check> checks = [];

    public IReadOnlyList<Check> Checks => checks;

    public int Passed => checks.Count(check => check.Passed);

    public int Failed => checks.Count - Passed;

    /// <summary>Passes when both are the same text; null is <see cref="Missing"/>.</summary>
    public void Equal(string name, string expected, string? actual) =>
        Add(name, string.Equals(expected, actual, StringComparison.Ordinal), expected, actual);

    /// <summary>Passes when both are the same number; null is <see cref="Missing"/>.</summary>
    public void Equal(string name, int expected, int? actual) =>
        Equal(name, Text(expected), actual is { } number ? Text(number) : null);

    public void Add(string name, bool passed, string expected, string? actual) =>
        checks.Add(
            new Check
            {
                Name = name.ToLowerInvariant(),
                Passed = passed,
                Expected = expected,
                Actual = actual ?? Missing,
            }
        );

    private static string Text(int number) =>
        number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
