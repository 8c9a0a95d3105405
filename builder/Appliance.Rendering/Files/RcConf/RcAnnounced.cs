namespace Appliance.Rendering.Files.RcConf;

/// <summary>The device that holds announced addresses, all of it in FIB 1. Jails add their own addresses.</summary>
internal static class RcAnnounced
{
    public static void Add(Site site, SettingGroups groups)
    {
        if (site.Document.Announced is not { } announced)
        {
            return;
        }

        var device = announced.Device;
        var first =
            announced.Addresses.Count > 0
                ? RcInterfaces.HostAddress(announced.Addresses[0])
                : "inet6 -ifdisabled";
        List<(string, string?)> settings =
        [
            ($"ifconfig_{device}", "fib 1 up"),
            ($"ifconfig_{device}_ipv6", first),
            .. announced
                .Addresses.Skip(1)
                .Select(
                    (address, index) =>
                        (
                            $"ifconfig_{device}_alias{index}",
                            (string?)RcInterfaces.HostAddress(address)
                        )
                ),
        ];
        groups.AddQuoted("Announced addresses of this machine, in FIB 1", settings);
    }
}
