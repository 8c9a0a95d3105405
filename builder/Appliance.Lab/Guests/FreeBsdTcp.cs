using System.Globalization;
using Appliance.Lab.Daemons;

namespace Appliance.Lab.Guests;

/// <summary>Reads what netstat(1) of FreeBSD says of TCP (usr.bin/netstat/inet.c).</summary>
internal static class FreeBsdTcp
{
    /// <summary>In words for people: netstat dies of a list of connections in JSON.</summary>
    public const string ConnectionsCommand = "netstat -nW -p tcp";

    public const string CountersCommand = "netstat --libxo json -s -p tcp";

    private const string Established = "ESTABLISHED";

    /// <summary>Bytes that wait in connections of a local port, of both families.</summary>
    /// <exception cref="LabException">What it printed is no list of connections.</exception>
    public static long Unsent(string text, int localPort)
    {
        var lines = text.Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToList();
        if (!lines.Exists(words => words.Contains("Send-Q")))
        {
            throw Unknown($"no column Send-Q in '{text}'");
        }

        var port = string.Create(CultureInfo.InvariantCulture, $".{localPort}");
        try
        {
            return lines
                .Where(words =>
                    words.Length > 5
                    && words[5] == Established
                    && words[3].EndsWith(port, StringComparison.Ordinal)
                )
                .Sum(words => long.Parse(words[2], CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw Unknown(exception.Message, exception);
        }
    }

    /// <summary>Counters of TCP-MD5.</summary>
    /// <exception cref="LabException">What it printed is no JSON of this form.</exception>
    public static TcpSignatures Signatures(string text)
    {
        try
        {
            var counters = JsonSequence
                .Read(text)
                .Single()
                .GetProperty("statistics")
                .GetProperty("tcp")
                .GetProperty("tcp-signature");
            return new TcpSignatures(
                counters.GetProperty("no-signature-provided").GetInt64(),
                counters.GetProperty("received-bad-signature").GetInt64()
            );
        }
        catch (Exception exception)
            when (exception is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Unknown(exception.Message, exception);
        }
    }

    private static LabException Unknown(string what, Exception? inner = null) =>
        new(LabFault.Failed, $"netstat answered in a form that is not known: {what}", inner);
}
