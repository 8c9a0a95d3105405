using System.Text.Json;
using System.Text.RegularExpressions;
using Appliance.Rendering.Verdicts;

namespace Appliance.Verify.Verdicts;

/// <summary>
/// Finds the verdict among console lines. The kernel writes its own lines whenever it likes, so the verdict may have text after
/// it, or may be torn in two or three with whole kernel lines between: those are cut out again.
/// </summary>
public sealed partial class VerdictReader
{
    /// <summary>How many lines a torn verdict may span.</summary>
    private const int Window = 8;

    /// <summary>Characters of a line that is tried at every cut; the work grows with the square.</summary>
    private const int LongestTriedEverywhere = 8192;

    private readonly Queue<string> recent = new();

    /// <summary>True once the marker was seen whole, whether or not what followed could be read.</summary>
    public bool MarkerSeen { get; private set; }

    /// <summary>Takes the next whole line.</summary>
    /// <returns>The verdict that the line completes, or null.</returns>
    public Verdict? Add(string line)
    {
        MarkerSeen |= line.Contains(Verdict.ConsoleMarker, StringComparison.Ordinal);
        string[] earlier = [.. recent];
        Remember(line);
        if (!line.Contains('}', StringComparison.Ordinal))
        {
            return null;
        }

        return Read(line)
            ?? ReadTornOnce(earlier, line, KernelCuts)
            ?? ReadTornTwice(earlier, line)
            ?? ReadTornOnce(earlier, line, AllCuts);
    }

    private void Remember(string line)
    {
        recent.Enqueue(line);
        if (recent.Count > Window)
        {
            recent.Dequeue();
        }
    }

    /// <summary>The verdict after the marker in a text, if there is one and it is whole.</summary>
    private static Verdict? Read(string text)
    {
        var marker = text.IndexOf(Verdict.ConsoleMarker, StringComparison.Ordinal);
        if (marker < 0)
        {
            return null;
        }

        var start = marker + Verdict.ConsoleMarker.Length;
        var length = ObjectLength(text.AsSpan(start));
        if (length == 0)
        {
            return null;
        }

        try
        {
            return VerdictJson.Read(text.Substring(start, length));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// A verdict put together from pieces. A piece too few can still be JSON, but then the failed checks are not as many as are said.
    /// </summary>
    private static Verdict? ReadPieces(string text) =>
        Read(text) is { } verdict && verdict.Failed == verdict.Checks.Count(check => !check.Passed)
            ? verdict
            : null;

    /// <summary>One interruption: an earlier line without its end, joined with this one.</summary>
    private static Verdict? ReadTornOnce(
        string[] earlier,
        string last,
        Func<string, IEnumerable<string>> cuts
    ) =>
        earlier
            .Reverse()
            .Where(MayHoldMarker)
            .SelectMany(cuts)
            .Select(begin => ReadPieces(begin + last))
            .FirstOrDefault(verdict => verdict is not null);

    /// <summary>Two interruptions; only cuts in front of what looks like a kernel message are tried.</summary>
    private static Verdict? ReadTornTwice(string[] earlier, string last)
    {
        for (var first = 0; first < earlier.Length; first++)
        {
            foreach (var begin in MayHoldMarker(earlier[first]) ? KernelCuts(earlier[first]) : [])
            {
                var verdict = earlier
                    .Skip(first + 1)
                    .SelectMany(KernelCuts)
                    .Select(middle => ReadPieces(begin + middle + last))
                    .FirstOrDefault(found => found is not null);
                if (verdict is not null)
                {
                    return verdict;
                }
            }
        }

        return null;
    }

    private static bool MayHoldMarker(string line) =>
        line.Contains(Verdict.ConsoleMarker, StringComparison.Ordinal)
        || (
            line.Length < Verdict.ConsoleMarker.Length + 200
            && line.StartsWith('A')
            && Verdict.ConsoleMarker.StartsWith(line[..1], StringComparison.Ordinal)
        );

    /// <summary>Every beginning of a line, the longest first: for messages of a kind that is not known here.</summary>
    private static IEnumerable<string> AllCuts(string line) =>
        line.Length > LongestTriedEverywhere
            ? []
            : Enumerable.Range(0, line.Length + 1).Select(cut => line[..^cut]);

    /// <summary>Beginnings of a line that end before what looks like a kernel message.</summary>
    private static IEnumerable<string> KernelCuts(string line) =>
        KernelMessage().Matches(line).Select(match => line[..match.Index]).Append(line);

    /// <summary>Characters of the JSON object at the start of a text, or 0 if it does not end here.</summary>
    private static int ObjectLength(ReadOnlySpan<char> text)
    {
        var (depth, inString) = (0, false);
        for (var index = 0; index < text.Length; index++)
        {
            switch (text[index])
            {
                case '\\' when inString:
                    index++;
                    break;
                case '"':
                    inString = !inString;
                    break;
                case '{' when !inString:
                    depth++;
                    break;
                case '}' when !inString && --depth == 0:
                    return index + 1;
            }
        }

        return 0;
    }

    /// <summary>
    /// "vtnet0: link state changed to UP", "&lt;118&gt;…", "pid 12 (x), …", "WARNING: …". Drivers are named one by one, because
    /// the text that a message interrupts may end in letters.
    /// </summary>
    [GeneratedRegex(
        @"(?:vtnet|vtbd|vmx|igb|ixl|ix|em|re|xn|gif|gre|bridge|epair|tun|tap|wg|lo|pflog|pfsync|ada|nda|da|cd|ugen|uhub|usbus|acpi|pci|cpu|uart|vtballoon|vtrnd)\d+: |<\d+>|pid \d+ |WARNING: |random: |Limiting |arp: "
    )]
    private static partial Regex KernelMessage();
}
