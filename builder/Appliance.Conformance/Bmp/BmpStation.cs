using System.Net;
using System.Net.Sockets;
using Appliance.Conformance.Bgp;
using Appliance.Lab;
using Appliance.Lab.Linux;

namespace Appliance.Conformance.Bmp;

/// <summary>
/// A BMP station (RFC 7854): routers connect and send messages, and it never responds. It keeps the state of the last
/// connection of each router.
/// </summary>
internal sealed class BmpStation : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly CancellationTokenSource end = new();
    private readonly Lock guard = new();
    private readonly List<(BmpRouterState State, TcpClient Client)> routers = [];
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
    /// <exception cref="LabException">The address cannot be bound.</exception>
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

    /// <summary>Returns the state of the last connection of a router with one of some addresses, or null.</summary>
    public BmpRouterState? Find(IReadOnlyCollection<IPAddress> addresses)
    {
        lock (guard)
        {
            return Last(addresses).State;
        }
    }

    /// <summary>Closes the connection of a router, so that it reconnects and sends everything again.</summary>
    public void HangUp(IReadOnlyCollection<IPAddress> addresses)
    {
        lock (guard)
        {
            if (Last(addresses) is { State.Ending: null, Client: { } client })
            {
                client.Client.Shutdown(SocketShutdown.Both);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        // Accepting ends first: on a closed listener it would fail with another exception.
        await accepting;
        listener.Dispose();
        await Task.WhenAll(connections);
        end.Dispose();
    }

    private (BmpRouterState? State, TcpClient? Client) Last(
        IReadOnlyCollection<IPAddress> addresses
    ) => routers.FindLast(item => addresses.Contains(item.State.Router.Address));

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

        var state = new BmpRouterState(router);
        lock (guard)
        {
            routers.RemoveAll(before => before.State.Router.Address.Equals(router.Address));
            routers.Add((state, client));
        }

        try
        {
            var stream = client.GetStream();
            while (await BmpFrame.ReadAsync(stream, end.Token) is { } frame)
            {
                state.Add(BmpParser.Parse(frame));
            }

            state.End("closed");
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
            state.End(exception.Message);
        }
    }
}
