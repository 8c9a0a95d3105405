using System.Globalization;
using System.Text.Json;

namespace Appliance.FirstBoot.Kernel;

/// <summary>A socket that waits for others.</summary>
/// <param name="Command">Name of the program.</param>
/// <param name="Protocol">"tcp4", "udp6", "tcp46" …</param>
/// <param name="Address">"*" for all.</param>
/// <param name="Port">0 for protocols without ports.</param>
internal sealed record ListeningSocket(string Command, string Protocol, string Address, int Port)
{
    public bool IsLoopback =>
        Address == "::1"
        || Address.StartsWith("127.", StringComparison.Ordinal)
        || Address.StartsWith("fe80::1%lo", StringComparison.Ordinal);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Command} {Protocol} {Address}:{Port}");
}

/// <summary>Reads <c>sockstat --libxo json -46ln</c>.</summary>
internal static class SocketListParser
{
    /// <exception cref="FirstBootException">Not the JSON that sockstat writes.</exception>
    public static IReadOnlyList<ListeningSocket> Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return
            [
                .. Xo.Elements(document.RootElement, "sockstat", "socket")
                    .Select(ParseSocket)
                    .OfType<ListeningSocket>(),
            ];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FirstBootException(
                $"sockstat's sockets cannot be read: {exception.Message}",
                exception
            );
        }
    }

    private static ListeningSocket? ParseSocket(JsonElement socket)
    {
        if (
            socket.ValueKind != JsonValueKind.Object
            || !socket.TryGetProperty("local", out var local)
        )
        {
            return null;
        }

        _ = int.TryParse(
            Xo.Text(local, "port"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var port
        );
        return new ListeningSocket(
            Xo.Text(socket, "command"),
            Xo.Text(socket, "proto"),
            Xo.Text(local, "address"),
            port
        );
    }
}
