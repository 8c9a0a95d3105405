using System.Net;
using System.Net.Sockets;
using Appliance.Conformance.Bgp;
using Appliance.Lab;
using Appliance.Lab.Linux;

namespace Appliance.Conformance.Bmp;

/// <summary>
/// A BMP station (RFC 7854): routers connect to it and talk, and it never answers. Of each router that has come it keeps how
/// things stand on its last connection.
/// </summary>
internal sealed class BmpStation : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly CancellationTokenSource end = new();
    private readonly Lock guard = new();
    private readonly List<(BmpHeard Heard, TcpClient Client)> routers = [];
    private readonly List<Task> connections = [];
    private readonly Task accepting;

    private BmpStation(TcpListener listener)
    {
        this.listener = listener;
        accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address => (IPEndPoint)listener.LocalEndpoint;

    /// <summary>Listens at an address of a namespace.</summary>
    /// <exception cref="LabException">Nobody can listen there.</exception>
    public static BmpStation Open(NetworkNamespace inside, IPEndPoint address)
    {
        ArgumentNullException.ThrowIfNull(inside);
        ArgumentNullException.ThrowIfNull(address);
        try
        {
            return new(
                inside.Run(() =>
                {
                    var listener = new TcpListener(address);
                    listener.Start();
                    return listener;
                })
            );
        }
        catch (SocketException exception)
        {
            throw new LabException(
                LabFault.Failed,
                $"no BMP station can listen at {address} in {inside.Name}: {exception.Message}",
                exception
            );
        }
    }

    /// <summary>What a router with one of some addresses has told on the last of its connections, or null.</summary>
    public BmpHeard? Find(IReadOnlyCollection<IPAddress> addresses)
    {
        lock (guard)
        {
            return Last(addresses).Heard;
        }
    }

    /// <summary>Ends the connection of a router, which is to come again and tell everything from the beginning.</summary>
    public void HangUp(IReadOnlyCollection<IPAddress> addresses)
    {
        lock (guard)
        {
            if (Last(addresses) is { Heard.Ending: null, Client: { } client })
            {
                client.Client.Shutdown(SocketShutdown.Both);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        // Whoever accepts ends first: on a listener that is closed it would be told that there never was one.
        await accepting;
        listener.Dispose();
        await Task.WhenAll(connections);
        end.Dispose();
    }

    private (BmpHeard? Heard, TcpClient? Client) Last(IReadOnlyCollection<IPAddress> addresses) =>
        routers.FindLast(item => addresses.Contains(item.Heard.Router.Address));

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(end.Token);
                connections.RemoveAll(connection => connection.IsCompleted);
                connections.Add(ListenAsync(client));
            }
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or SocketException)
        {
            // The station is closed.
        }
    }

    private async Task ListenAsync(TcpClient client)
    {
        using var _ = client;
        if (client.Client.RemoteEndPoint is not IPEndPoint router)
        {
            return;
        }

        var heard = new BmpHeard(router);
        lock (guard)
        {
            routers.RemoveAll(before => before.Heard.Router.Address.Equals(router.Address));
            routers.Add((heard, client));
        }

        try
        {
            var stream = client.GetStream();
            while (await BmpFrame.ReadAsync(stream, end.Token) is { } frame)
            {
                heard.Add(BmpParser.Parse(frame));
            }

            heard.End("closed");
        }
        catch (Exception exception)
            when (exception
                    is BmpFormatException
                        or BgpFormatException
                        or IOException
                        or SocketException
                        or OperationCanceledException
            )
        {
            heard.End(exception.Message);
        }
    }
}
