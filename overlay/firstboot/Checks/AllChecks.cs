using Appliance.FirstBoot.Kernel;

namespace Appliance.FirstBoot.Checks;

/// <summary>The explicit list of all groups of checks.</summary>
internal static class AllChecks
{
    public static CheckList Run(Expectation expected, KernelSnapshot kernel)
    {
        var list = new CheckList();
        SystemChecks.Add(list, expected, kernel);
        FileChecks.Add(list, expected, kernel);
        InterfaceChecks.Add(list, expected, kernel);
        TunnelChecks.Add(list, expected, kernel);
        RouteChecks.Add(list, expected, kernel);
        FirewallChecks.Add(list, expected, kernel);
        SocketChecks.Add(list, expected, kernel);
        JailChecks.Add(list, expected, kernel);
        PackageChecks.Add(list, expected, kernel);
        return list;
    }
}
