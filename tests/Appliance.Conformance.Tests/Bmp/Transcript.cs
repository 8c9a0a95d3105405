using System.Buffers.Binary;
using Appliance.Conformance.Bmp;

namespace Appliance.Conformance.Tests.Bmp;

/// <summary>
/// What bgpd 8.4.4 of the network with every role sent to a station on one connection, captured on the wire, while the
/// neighbors announced the routes of <c>MonitoringCase</c> and closed their sessions.
/// </summary>
internal static class Transcript
{
    public static byte[] Octets { get; } =
        File.ReadAllBytes(
            RepositoryRoot.Combine("tests", "Appliance.Conformance.Tests", "Bmp", "frr-8.4.4.bmp")
        );

    /// <summary>A session over IPv4: type and flags, distinguisher, 192.0.2.7, AS 64496, 192.0.2.1, a time.</summary>
    public const string Peer =
        "0000"
        + "0000000000000000"
        + "000000000000000000000000"
        + "c0000207"
        + "0000fbf0"
        + "c0000201"
        + "6500000000000007";

    /// <summary>bgpd sends these only where configured, and never a Termination.</summary>
    public static byte[] Others { get; } =
    [
        // Two counters: rejected prefixes, of four octets, and routes in the Adj-RIB-In, of eight.
        .. Message(
            1,
            Peer + "00000002" + "0000" + "0004" + "00000005" + "0007" + "0008" + "0000000000000100"
        ),
        // A text, and the reason "administratively closed".
        .. Message(5, "0000" + "0003" + "627965" + "0001" + "0002" + "0000"),
    ];

    /// <summary>A whole message.</summary>
    public static byte[] Message(byte type, string body)
    {
        var octets = Convert.FromHexString(body);
        var header = new byte[BmpFrame.HeaderLength];
        header[0] = BmpFrame.Version;
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(1), header.Length + octets.Length);
        header[5] = type;
        return [.. header, .. octets];
    }

    public static async Task<List<BmpFrame>> FramesAsync(byte[] octets)
    {
        using var stream = new MemoryStream(octets);
        var frames = new List<BmpFrame>();
        while (await BmpFrame.ReadAsync(stream, TestContext.Current.CancellationToken) is { } frame)
        {
            frames.Add(frame);
        }

        return frames;
    }
}
