using Appliance.Lab.Linux;
using Appliance.Verify.Processes;

namespace Appliance.Tests.Support;

/// <summary>Skips a test, with the reason, where the machine lacks what it needs.</summary>
internal static class Need
{
    public static HostTools Host { get; } = LabTools.OfThisComputer();

    public static ProcessGateway Processes { get; } = new(Host);

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Root, namespaces and TUN devices.</summary>
    public static void Root()
    {
        var reason = Appliance.Lab.Linux.Root.WhyNot();
        Assert.SkipUnless(reason is null, reason ?? "");
        Tool(Tools.Ip);
    }

    public static void Tool(params Tool[] tools)
    {
        foreach (var tool in tools)
        {
            Assert.SkipUnless(
                Host.Has(tool),
                $"{tool.Name} is not installed (Debian: {tool.Debian})"
            );
        }
    }

    /// <summary>Everything that a lab of BIRD and FRR consists of.</summary>
    public static void WholeLab()
    {
        Root();
        Tool(Tools.Zebra, Tools.Vtysh, Tools.Bird, Tools.StayRtr);
    }
}
