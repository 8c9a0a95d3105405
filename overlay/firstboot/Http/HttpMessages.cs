using System.Net;
using System.Text;

namespace Appliance.FirstBoot.Http;

/// <summary>What is asked.</summary>
/// <param name="Server">Names are not resolved: providers' addresses are fixed.</param>
/// <param name="Path">With the leading '/', already escaped.</param>
internal sealed record HttpRequest(IPEndPoint Server, string Path)
{
    public string Method { get; init; } = "GET";

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public string? Body { get; init; }

    /// <summary>HTTP/1.1 with the connection closed after the answer.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder();
        text.Append(Method).Append(' ').Append(Path).Append(" HTTP/1.1\r\n");
        text.Append("Host: ")
            .Append(Server.Port == 80 ? Host : $"{Host}:{Server.Port}")
            .Append("\r\n");
        text.Append("User-Agent: appliance\r\nAccept: */*\r\nConnection: close\r\n");
        foreach (var (name, value) in Headers)
        {
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        if (Body is not null || Method != "GET")
        {
            text.Append("Content-Length: ")
                .Append(Encoding.UTF8.GetByteCount(Body ?? ""))
                .Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("\r\n").Append(Body).ToString());
    }

    private string Host =>
        Server.Address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
            ? $"[{Server.Address.ToString().Split('%')[0]}]"
            : Server.Address.ToString();
}

/// <summary>What was answered, complete.</summary>
internal sealed record HttpReply(int Status, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>There was no answer that can be used. The message says why in one sentence.</summary>
internal sealed class HttpException : Exception
{
    public HttpException() { }

    public HttpException(string message)
        : base(message) { }

    public HttpException(string message, Exception innerException)
        : base(message, innerException) { }
}
