using System.Globalization;
using Appliance.Lab.Daemons;

namespace Appliance.Lab.Linux;

/// <summary>What a namespace counts of TCP-MD5 (/proc/net/netstat).</summary>
internal static class TcpSignatureCounters
{
    public static TcpSignatures Read(NetworkNamespace inside) =>
        inside.Run(() =>
        {
            // The thread's own view; /proc/net is that of the whole process.
            var lines = File.ReadAllLines("/proc/thread-self/net/netstat");
            var names = lines.First(line => line.StartsWith("TcpExt:", StringComparison.Ordinal));
            var values = lines.Last(line => line.StartsWith("TcpExt:", StringComparison.Ordinal));
            return new TcpSignatures(
                Value(names, values, "TCPMD5NotFound"),
                Value(names, values, "TCPMD5Failure")
            );
        });

    private static long Value(string names, string values, string name)
    {
        var index = Array.IndexOf(names.Split(' '), name);
        return index < 0 ? 0 : long.Parse(values.Split(' ')[index], CultureInfo.InvariantCulture);
    }
}
