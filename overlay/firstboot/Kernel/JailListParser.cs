using System.Globalization;

namespace Appliance.FirstBoot.Kernel;

/// <summary>A running jail.</summary>
/// <param name="Id">The kernel's number, from 1.</param>
/// <param name="Name">Name in jail.conf(5).</param>
/// <param name="Addresses">IPv6 addresses.</param>
/// <param name="Fibs">FIBs of its processes, each once, in order.</param>
internal sealed record JailState(
    int Id,
    string Name,
    IReadOnlyList<string> Addresses,
    IReadOnlyList<int> Fibs
);

/// <summary>Reads <c>jls jid name ip6.addr</c> and <c>ps -ax -o jid= -o fib=</c>.</summary>
internal static class JailListParser
{
    public static IReadOnlyList<JailState> Parse(string jails, string processes)
    {
        var fibs = processes
            .Split('\n')
            .Select(Words)
            .Where(words => words.Length >= 2)
            .ToLookup(words => Number(words[0]), words => Number(words[1]));
        return
        [
            .. jails
                .Split('\n')
                .Select(Words)
                .Where(words => words.Length >= 2 && Number(words[0]) > 0)
                .Select(words => new JailState(
                    Number(words[0]),
                    words[1],
                    words.Length < 3 || words[2] == "-" ? [] : words[2].Split(','),
                    [.. fibs[Number(words[0])].Distinct().Order()]
                )),
        ];
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : -1;

    private static string[] Words(string line) =>
        line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
