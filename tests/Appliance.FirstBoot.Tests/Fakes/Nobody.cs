using Appliance.FirstBoot.Http;

namespace Appliance.FirstBoot.Tests.Fakes;

internal static class Nobody
{
    /// <summary>A network without anybody in it.</summary>
    public static IConnector Reachable { get; } = new NoConnector("nobody is there");
}
