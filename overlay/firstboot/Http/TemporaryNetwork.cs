using System.Globalization;
using System.Text;
using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Machine;

namespace Appliance.FirstBoot.Http;

/// <summary>
/// An address for the time of asking: by DHCP on the first interface with carrier that gets one, or else the
/// link-local address of IPv6. A machine that has addresses already keeps them and gets no more. Nothing of it is
/// left afterwards.
/// </summary>
internal sealed class TemporaryNetwork : IDisposable
{
    private const string Folder = "/var/run/appliance";
    private const string LeasePath = Folder + "/lease";
    private const string PidPath = Folder + "/dhclient.pid";
    private const string ConfigurationPath = "/usr/local/libexec/appliance/dhclient.conf";
    private const int MaximumInterfaces = 4;

    private static readonly TimeSpan CarrierLimit = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LeaseLimit = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly IMachine machine;
    private readonly KernelReader kernel;
    private readonly List<Action> undo = [];

    public TemporaryNetwork(IMachine machine)
    {
        this.machine = machine;
        kernel = new KernelReader(machine);
        Description = Up();
    }

    /// <summary>"DHCP on vtnet0: 10.0.2.15", null when there is no network to be had.</summary>
    public string? Description { get; }

    /// <summary>Number of the interface for link-local addresses; 0 when there is none.</summary>
    public int Scope { get; private set; }

    public void Dispose()
    {
        undo.Reverse();
        undo.ForEach(action => action());
        undo.Clear();
    }

    private string? Up()
    {
        var hardware = kernel
            .Interfaces()
            .Where(item => item.IsHardware)
            .Take(MaximumInterfaces)
            .ToList();
        if (hardware.Find(IsConfigured) is { } known)
        {
            return $"the addresses of {known.Name}";
        }

        foreach (var item in hardware.Where(item => !item.IsUp))
        {
            Ifconfig(item.Name, "up");
            undo.Add(() => Ifconfig(item.Name, "down"));
        }

        var linked = AwaitCarrier([.. hardware.Select(item => item.Name)]);
        foreach (var device in linked)
        {
            if (Lease(device) is { } address)
            {
                return $"DHCP on {device}: {address}";
            }
        }

        return linked.Count > 0 ? LinkLocal(linked[0]) : null;
    }

    private static bool IsConfigured(InterfaceState state) =>
        state.IsUp && state.Addresses.Any(address => !address.Address.IsIpv6);

    /// <summary>The devices with carrier, as soon as there is one; those that never tell count at the end.</summary>
    private List<string> AwaitCarrier(List<string> devices)
    {
        var deadline = machine.Elapsed + CarrierLimit;
        while (devices.Count > 0)
        {
            var linked = kernel
                .Interfaces()
                .Where(item => devices.Contains(item.Name) && item.HasCarrier)
                .Select(item => item.Name)
                .ToList();
            if (linked.Count > 0 || machine.Elapsed >= deadline)
            {
                return linked;
            }

            machine.Pause(TimeSpan.FromMilliseconds(500));
        }

        return [];
    }

    /// <summary>
    /// dhclient(8) with a script that sets the address and writes down what else there is. It goes on in the
    /// background; its output goes to a file, or we would wait for its end.
    /// </summary>
    private string? Lease(string device)
    {
        machine.CreateFolder(Folder);
        machine.Delete(LeasePath);
        var command =
            $"exec /sbin/dhclient -c {ConfigurationPath} -l {Folder}/leases -p {PidPath} {device} > {Folder}/dhclient.log 2>&1";
        machine.Run("/bin/sh", ["-c", command], LeaseLimit);
        undo.Add(() => machine.Run("/bin/pkill", ["-F", PidPath], Limit));
        var lease = SettingListParser.Parse(Encoding.UTF8.GetString(machine.Read(LeasePath) ?? []));
        if (!lease.TryGetValue("address", out var address) || !Cidr.TryParse(address, out _))
        {
            return null;
        }

        undo.Add(() => Ifconfig(device, "inet", address, "-alias"));
        undo.Add(() => machine.Run("/sbin/route", ["-q", "delete", "-inet", "default"], Limit));
        return address;
    }

    private string? LinkLocal(string device)
    {
        Ifconfig(device, "inet6", "-ifdisabled", "auto_linklocal");
        var deadline = machine.Elapsed + CarrierLimit;
        while (machine.Elapsed < deadline)
        {
            var state = kernel.Interfaces().FirstOrDefault(item => item.Name == device);
            var address = state?.Addresses.FirstOrDefault(item =>
                item.Address.Address.IsIPv6LinkLocal
            );
            if (address is { IsUsable: true })
            {
                var text = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{address.Address.Address}%{device}"
                );
                undo.Add(() => Ifconfig(device, "inet6", text, "-alias"));
                Scope = state!.Scope;
                return $"IPv6 link-local on {device}";
            }

            machine.Pause(TimeSpan.FromMilliseconds(500));
        }

        return null;
    }

    private void Ifconfig(string device, params string[] arguments) =>
        machine.Run("/sbin/ifconfig", [device, .. arguments], Limit);
}
