using System.Net;

namespace Appliance.FirstBoot.Http;

/// <summary>Reaches servers. Tests put their own in the place of the providers'.</summary>
internal interface IConnector
{
    /// <summary>Sends a request and returns the whole answer.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="limit">For everything together, however slowly it comes.</param>
    /// <exception cref="HttpException">No answer in time, or none that can be used.</exception>
    HttpReply Send(HttpRequest request, TimeSpan limit);
}

/// <summary>There is no network, and why.</summary>
internal sealed class NoConnector(string why) : IConnector
{
    public HttpReply Send(HttpRequest request, TimeSpan limit) => throw new HttpException(why);
}
