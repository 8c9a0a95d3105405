using System.Text;
using Appliance.FirstBoot.Http;

namespace Appliance.FirstBoot.Tests.Fakes;

/// <summary>A metadata service without connections: each path has its answer, or none (404).</summary>
internal sealed class Answers(Func<HttpRequest, string?> answer) : IConnector
{
    public HttpReply Send(HttpRequest request, TimeSpan limit) =>
        answer(request) is { } text
            ? new HttpReply(200, Encoding.UTF8.GetBytes(text))
            : new HttpReply(404, []);
}
