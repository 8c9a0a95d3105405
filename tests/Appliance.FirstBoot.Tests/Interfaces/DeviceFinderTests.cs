using Appliance.FirstBoot.Interfaces;
using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Tests.Interfaces;

public class DeviceFinderTests
{
    private static readonly IReadOnlyList<InterfaceState> Hardware =
    [
        Device("lo0", null),
        Device("vtnet10", "52:54:00:00:00:0a"),
        Device("vtnet2", "52:54:00:00:00:02"),
        Device("em0", "52:54:00:00:00:E0"),
        Device("bridge0", "52:54:00:00:00:02") with
        {
            Groups = ["bridge"],
        },
    ];

    public static TheoryData<InterfaceMatch, string> Matches =>
        new()
        {
            {
                new() { Mac = "52:54:00:00:00:02" },
                "vtnet2"
            },
            {
                new() { Mac = "52:54:00:00:00:e0" },
                "em0"
            },
            {
                new() { Driver = "vtnet", Index = 0 },
                "vtnet2"
            },
            {
                new() { Driver = "vtnet", Index = 1 },
                "vtnet10"
            },
            {
                new() { Pci = "0:0:3:0" },
                "em0"
            },
        };

    [Theory]
    [MemberData(nameof(Matches))]
    public void Each_kind_of_match_finds_its_device(InterfaceMatch match, string device)
    {
        Assert.Equal(device, Find(Hardware, ("wan", match))["wan"]);
    }

    public static TheoryData<InterfaceMatch, string> Misses =>
        new()
        {
            {
                new() { Mac = "52:54:00:00:00:77" },
                "interface wan: no device with MAC 52:54:00:00:00:77; this machine has em0 (52:54:00:00:00:E0), "
            },
            {
                new() { Driver = "vtnet", Index = 2 },
                "no device with driver vtnet, index 2"
            },
            {
                new() { Driver = "vtne", Index = 0 },
                "no device with driver vtne, index 0"
            },
            {
                new() { Pci = "0:0:9:0" },
                "no device with PCI position 0:0:9:0"
            },
            {
                new() { Driver = "lo", Index = 0 },
                "no device with driver lo, index 0"
            },
        };

    [Theory]
    [MemberData(nameof(Misses))]
    public void A_device_that_is_not_there_is_an_error(InterfaceMatch match, string message)
    {
        var error = Assert.Throws<FirstBootException>(() => Find(Hardware, ("wan", match)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_devices_with_one_MAC_address_are_an_error()
    {
        IReadOnlyList<InterfaceState> twins = [.. Hardware, Device("em1", "52:54:00:00:00:e0")];
        var error = Assert.Throws<FirstBootException>(() =>
            Find(twins, ("wan", new() { Mac = "52:54:00:00:00:e0" }))
        );
        Assert.Equal("interface wan: MAC 52:54:00:00:00:e0 fits em0 and em1", error.Message);
    }

    [Fact]
    public void Two_interfaces_cannot_share_a_device()
    {
        var error = Assert.Throws<FirstBootException>(() =>
            Find(
                Hardware,
                ("wan", new() { Driver = "em", Index = 0 }),
                ("lan", new() { Pci = "0:0:3:0" })
            )
        );
        Assert.Equal("interfaces wan and lan both match device em0", error.Message);
    }

    [Fact]
    public void The_PCI_position_is_that_of_the_virtio_device_above()
    {
        var bsd = new FreeBsd(TestSites.Edge);
        Assert.Equal("0:0:3:0", PciPosition.Find(bsd.Machine, Device("vtnet0", "x")));
        Assert.Null(PciPosition.Find(bsd.Machine, Device("em0", "x")));
    }

    [Theory]
    [InlineData("slot=3 function=0 dbsf=pci0:0:3:0", "0:0:3:0")]
    [InlineData("slot=0 function=1 dbsf=pci0:130:0:1 handle=\\_SB_", "0:130:0:1")]
    [InlineData("bus=0 hubaddr=1", null)]
    [InlineData("", null)]
    public void A_location_names_a_PCI_position_or_none(string location, string? position)
    {
        Assert.Equal(position, PciPosition.Parse(location));
    }

    [Fact]
    public void The_device_with_the_default_route_is_the_one_that_metadata_names()
    {
        InterfaceState[] hardware =
        [
            Device("vtnet0", "58:9c:fc:00:00:01") with
            {
                HasCarrier = true,
            },
            Device("vtnet1", "58:9c:fc:00:00:02") with
            {
                HasCarrier = true,
            },
        ];
        var match = new InterfaceMatch { DefaultRoute = true };
        InterfaceDocument[] wanted = [new() { Name = "wan", Match = match }];
        var told = new DeviceFinder(hardware, _ => null, item => item.Name == "vtnet1");
        Assert.Equal("vtnet1", told.Find(wanted)["wan"]);
        var error = Assert.Throws<FirstBootException>(() =>
            new DeviceFinder(hardware, _ => null).Find(wanted)
        );
        Assert.Equal("interface wan: the default route fits vtnet0 and vtnet1", error.Message);
        hardware[0] = hardware[0] with { HasCarrier = false };
        Assert.Equal("vtnet1", new DeviceFinder(hardware, _ => null).Find(wanted)["wan"]);
        Assert.Equal("vtnet0", new DeviceFinder(hardware[..1], _ => null).Find(wanted)["wan"]);
    }

    [Fact]
    public void One_of_64_devices_is_found()
    {
        var hardware = Enumerable
            .Range(0, 64)
            .Select(unit => Device($"vtnet{unit}", $"58:9c:fc:00:00:{unit:x2}"))
            .ToList();
        Assert.Equal(
            "vtnet63",
            Find(hardware, ("wan", new InterfaceMatch { Driver = "vtnet", Index = 63 }))["wan"]
        );
    }

    private static IReadOnlyDictionary<string, string> Find(
        IReadOnlyList<InterfaceState> hardware,
        params (string Name, InterfaceMatch Match)[] wanted
    ) =>
        new DeviceFinder(hardware, device => device.Name == "em0" ? "0:0:3:0" : null).Find([
            .. wanted.Select(item => new InterfaceDocument
            {
                Name = item.Name,
                Match = item.Match,
            }),
        ]);

    private static InterfaceState Device(string name, string? ether) =>
        new() { Name = name, Ether = ether };
}
