using System.Text.RegularExpressions;
using Appliance.Rendering.Verdicts;

namespace Appliance.Boot.Tests;

/// <summary>Whether a machine is wholly one of those it may be, and its owner gets in.</summary>
internal static partial class PowerCutJudge
{
    /// <summary>What the guest says when everything is as it must be.</summary>
    public const string WayIn = "WAY-IN keys=1 sshd=1 pf=1 left=0";

    /// <param name="verdict">Of the boot.</param>
    /// <param name="console">With lines "FILE DIGEST PATH" and one "WAY-IN …".</param>
    /// <param name="allowed">What the machine may be.</param>
    /// <returns>One sentence for each thing that is wrong.</returns>
    public static IReadOnlyList<string> Complaints(
        Verdict verdict,
        string console,
        IReadOnlyList<MachineState> allowed
    )
    {
        if (allowed.FirstOrDefault(state => state.Site == verdict.Site) is not { } state)
        {
            return [$"it is {verdict.Site}"];
        }

        var found = FileLine()
            .Matches(console)
            .ToDictionary(match => match.Groups[2].Value, match => match.Groups[1].Value);
        var complaints = found
            .Keys.Union(state.Files.Keys)
            .Where(path => found.GetValueOrDefault(path) != state.Files.GetValueOrDefault(path))
            .Where(path => !IsOfItsOwn(path, state, found, allowed))
            .Select(path => $"{path} is not {state.Site}'s: {Whose(path, found, allowed)}")
            .ToList();
        complaints.AddRange(verdict.Checks.Select(check => $"{check.Name}: {check.Actual}"));
        if (!verdict.Ok && !verdict.Minimal)
        {
            complaints.Add($"it is not as it should be: {verdict.Error}");
        }

        var wayIn = WayInLine().Match(console).Value;
        return wayIn == WayIn ? complaints : [.. complaints, $"\"{wayIn}\""];
    }

    private static bool IsOfItsOwn(
        string path,
        MachineState state,
        Dictionary<string, string> found,
        IReadOnlyList<MachineState> allowed
    ) =>
        state.MakesItsDocument
        && path == MachineState.DocumentPath
        && found.TryGetValue(path, out var digest)
        && allowed.All(other => other.Files[path] != digest);

    private static string Whose(
        string path,
        Dictionary<string, string> found,
        IReadOnlyList<MachineState> allowed
    ) =>
        !found.TryGetValue(path, out var digest) ? "it is missing"
        : allowed.FirstOrDefault(state => state.Files.GetValueOrDefault(path) == digest)
            is { } other
            ? $"it is {other.Site}'s"
        : "it is nobody's";

    [GeneratedRegex("FILE ([0-9a-f]{64}) (/[^ \r\n]+)")]
    private static partial Regex FileLine();

    [GeneratedRegex("WAY-IN [^\r\n]*[^ \r\n]")]
    private static partial Regex WayInLine();
}
