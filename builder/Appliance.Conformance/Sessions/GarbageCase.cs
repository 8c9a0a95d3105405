using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Appliance.Conformance.Bgp;
using Appliance.Conformance.Routes;
using Appliance.Lab.Daemons;
using Appliance.Lab.Topology;

namespace Appliance.Conformance.Sessions;

/// <summary>Data that is not BGP on port 179: on a new connection, and within a session.</summary>
internal static class GarbageCase
{
    private const int Seed = 179;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Data sent instead of an OPEN.</summary>
    private static IReadOnlyList<(string Name, byte[] Octets)> Greetings { get; } =
    [
        ("4096 random octets", Noise(4096)),
        ("an HTTP request", Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: router\r\n\r\n")),
        ("a header that says 65535 octets", Header(0xffff, 1)),
        ("a header that says 18 octets", Header(18, 1)),
        ("a message of type 255", Header(19, 255)),
        ("an UPDATE before any OPEN", Header(23, 2, 0, 0, 0, 0)),
        ("an OPEN of version 9", Header(29, 1, 9, 0xfc, 0, 0, 90, 1, 1, 1, 1, 0)),
    ];

    /// <summary>Data sent on an established session; each ends it.</summary>
    private static IReadOnlyList<(string Name, byte[] Octets)> Interruptions { get; } =
    [
        ("512 random octets", Noise(512)),
        ("an UPDATE longer than it is", Header(23, 2, 0xff, 0xff, 0, 0)),
    ];

    public static async Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        CancellationToken token
    )
    {
        if (bench.Victim is not { } victim)
        {
            return [];
        }

        return await SessionRun.WithoutHonestAsync(
            bench,
            [victim],
            async () =>
                (IReadOnlyList<CaseResult>)
                    [
                        await GreetingsAsync(bench, victim, token),
                        await InterruptionsAsync(bench, victim, token),
                    ],
            token
        );
    }

    private static async Task<CaseResult> GreetingsAsync(
        SessionBench bench,
        LabSession victim,
        CancellationToken token
    )
    {
        var others = await bench.WatchOthersAsync(victim, token);
        var process = await bench.Router.ProcessIdAsync(FrrDaemon.Bgp, token);
        var words = new List<string>();
        var allClosed = true;
        foreach (var (name, octets) in Greetings)
        {
            var closed = await IsClosedAsync(bench, victim, octets, token);
            allClosed &= closed;
            words.Add($"{name}: {(closed ? "closed" : "left open")}");
        }

        await using (await bench.EstablishAsync(victim, token))
        {
            var (calm, rest) = await others.LookAsync(token);
            var same = process == await bench.Router.ProcessIdAsync(FrrDaemon.Bgp, token);
            return SessionBench.Result(
                victim,
                "garbage-port",
                "a connection that sends garbage to port 179 is closed, and the neighbor's session comes up afterwards",
                allClosed && calm && same,
                $"{string.Join("; ", words)}; then Established; same bgpd: {same}; others: {rest}"
            );
        }
    }

    private static async Task<CaseResult> InterruptionsAsync(
        SessionBench bench,
        LabSession victim,
        CancellationToken token
    )
    {
        var others = await bench.WatchOthersAsync(victim, token);
        var process = await bench.Router.ProcessIdAsync(FrrDaemon.Bgp, token);
        var prefix = new ProbeSpace(victim).Next();
        var words = new List<string>();
        var right = true;
        foreach (var (name, octets) in Interruptions)
        {
            await using var speaker = await bench.EstablishAsync(victim, token);
            await speaker.AnnounceAsync(new Announcement { Prefix = prefix }, token);
            await speaker.SendAsync(octets, token);
            await Task.WhenAny(speaker.Closed, Task.Delay(bench.Timeout(Limit), token));
            right &= speaker.Log.Notification is { Code: 1 or 3 };
            words.Add($"{name}: {speaker.Log.Ending ?? "nothing"}");
        }

        var gone = await bench.WaitAsync(
            async () => !SessionBench.IsAccepted(await bench.LookAsync(token), prefix, victim),
            Limit,
            token
        );
        var (calm, rest) = await others.LookAsync(token);
        return SessionBench.Result(
            victim,
            "garbage-session",
            "garbage in a session ends it with a NOTIFICATION, and its routes are removed",
            right
                && gone
                && calm
                && process == await bench.Router.ProcessIdAsync(FrrDaemon.Bgp, token),
            $"{string.Join("; ", words)}; {prefix} gone: {gone}; others: {rest}"
        );
    }

    private static async Task<bool> IsClosedAsync(
        SessionBench bench,
        LabSession victim,
        byte[] octets,
        CancellationToken token
    )
    {
        var options = NeighborSpeaker.Options(bench.Lab, victim);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(bench.Timeout(Limit));
        try
        {
            using var socket = await BgpConnection.OpenAsync(options, limit.Token);
            await socket.SendAsync(octets, limit.Token);
            var buffer = new byte[4096];
            while (await socket.ReceiveAsync(buffer, limit.Token) > 0) { }

            return true;
        }
        catch (SocketException)
        {
            return true;
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return false;
        }
    }

    private static byte[] Noise(int length)
    {
        var octets = new byte[length];
        new Random(Seed).NextBytes(octets);
        return octets;
    }

    private static byte[] Header(int length, byte type, params byte[] body) =>
        [.. Enumerable.Repeat((byte)0xff, 16), (byte)(length >> 8), (byte)length, type, .. body];
}
