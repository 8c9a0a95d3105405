using System.Globalization;

namespace Appliance.Lab.Linux;

/// <summary>What waits in a namespace's TCP connections (proc_net_tcp).</summary>
internal static class TcpQueues
{
    private const string EstablishedState = "01";
    private static readonly string[] Tables = ["tcp", "tcp6"];

    /// <summary>Bytes that were written and that the other ends have not acknowledged.</summary>
    /// <param name="localPort">Of the connections that count.</param>
    public static long Unsent(NetworkNamespace inside, int localPort) =>
        inside.Run(() =>
            Tables
                // The thread's own view; /proc/net is that of the whole process.
                .SelectMany(name =>
                    File.ReadLines($"/proc/thread-self/net/{name}").Skip(1).ToList()
                )
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(words =>
                    words[3] == EstablishedState && Hex(words[1].Split(':')[1]) == localPort
                )
                .Sum(words => Hex(words[4].Split(':')[0]))
        );

    private static long Hex(string text) =>
        long.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
