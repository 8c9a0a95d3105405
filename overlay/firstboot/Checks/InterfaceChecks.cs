using Appliance.FirstBoot.Interfaces;
using Appliance.FirstBoot.Kernel;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Checks;

/// <summary>Physical interfaces, and the addresses of lo0 and of the announced device.</summary>
internal static class InterfaceChecks
{
    public static void Add(CheckList list, Expectation expected, KernelSnapshot kernel)
    {
        foreach (var item in expected.Document.Interfaces)
        {
            AddInterface(list, item, expected.DeviceOf(item.Name), kernel);
        }

        foreach (var address in expected.Document.Loopback)
        {
            AddHostAddress(list, "loopback", "lo0", address, kernel);
        }

        if (expected.Document.Announced is { } announced)
        {
            AddAnnounced(list, announced, kernel);
        }
    }

    /// <summary>The address with its prefix length passes only when it is there, exact and usable.</summary>
    public static void AddAddress(
        CheckList list,
        string name,
        string address,
        InterfaceState? actual
    )
    {
        var expected = Cidr.Parse(address);
        var same = actual?.Addresses.Where(item => item.Address.Address.Equals(expected.Address));
        var found =
            same?.FirstOrDefault(item => item.Address == expected) ?? same?.FirstOrDefault();
        list.Add(
            name,
            found is { IsUsable: true } && found.Address == expected,
            expected.ToString(),
            found is null ? null : string.Join(' ', [found.Address.ToString(), .. found.Marks])
        );
    }

    private static void AddInterface(
        CheckList list,
        InterfaceDocument item,
        string device,
        KernelSnapshot kernel
    )
    {
        var actual = kernel.Interface(device);
        var name = $"interface.{item.Name}";
        AddDevice(list, name, item.Match, device, actual);
        list.Add($"{name}.up", actual is { IsUp: true }, "up", UpOrDown(actual));
        list.Equal($"{name}.fib", 0, actual?.Fib);
        if (item.Mtu is { } mtu)
        {
            list.Equal($"{name}.mtu", mtu, actual?.Mtu);
        }

        if (item.Ipv4 is { } ipv4)
        {
            AddAddress(list, $"{name}.ipv4", ipv4, actual);
        }
        else if (item.UsesDhcp())
        {
            var leased = actual?.Addresses.FirstOrDefault(address => !address.Address.IsIpv6);
            list.Add($"{name}.ipv4", leased is not null, "by DHCP", leased?.Address.ToString());
        }

        if (item.Ipv6 is { } ipv6)
        {
            AddAddress(list, $"{name}.ipv6", ipv6, actual);
        }
    }

    /// <summary>The device that was found at first boot still is the one that the document means.</summary>
    private static void AddDevice(
        CheckList list,
        string name,
        InterfaceMatch match,
        string device,
        InterfaceState? actual
    )
    {
        var fits =
            actual is not null
            && match switch
            {
                { Mac: { } mac } => string.Equals(
                    actual.Ether,
                    mac,
                    StringComparison.OrdinalIgnoreCase
                ),
                { Driver: { } driver } => actual.Driver == driver,
                _ => true,
            };
        list.Add(
            $"{name}.device",
            fits,
            $"{device} ({DeviceFinder.Describe(match)})",
            actual is null ? null : $"{actual.Name} ({actual.Ether})"
        );
    }

    private static void AddAnnounced(
        CheckList list,
        AnnouncedDocument announced,
        KernelSnapshot kernel
    )
    {
        var name = $"announced.{announced.Device}";
        var actual = kernel.Interface(announced.Device);
        list.Add($"{name}.up", actual is { IsUp: true }, "up", UpOrDown(actual));
        list.Equal($"{name}.fib", 1, actual?.Fib);
        foreach (var address in announced.Addresses)
        {
            AddHostAddress(list, "announced", announced.Device, address, kernel);
        }
    }

    /// <summary>A single address is a /128 or /32: a shorter one would put its whole prefix on-link.</summary>
    private static void AddHostAddress(
        CheckList list,
        string group,
        string device,
        string address,
        KernelSnapshot kernel
    ) =>
        AddAddress(
            list,
            $"{group}.{device}.{address}",
            Cidr.Parse(address).ToString(),
            kernel.Interface(device)
        );

    private static string? UpOrDown(InterfaceState? actual) =>
        actual is null ? null
        : actual.IsUp ? "up"
        : "down";
}
