using Appliance.Model.Derived;
using Appliance.Model.Networks;
using Appliance.Model.Profiles;
using Appliance.Model.Values;
using Appliance.Rendering.Documents;
using PreflightHold = Appliance.Rendering.Documents.PreflightHold;

namespace Appliance.Build.Documents;

/// <summary>Writes down, for one site, what its first boot needs: the network's part of it and the profile's.</summary>
public static class SiteDocumentFactory
{
    /// <summary>The document of a site. Network and profile have passed validation.</summary>
    public static SiteDocument Create(Network network, DerivedSite derived, Profile profile)
    {
        var site = derived.Site;
        return new SiteDocument
        {
            Schema = SiteDocument.CurrentSchema,
            Network = network.Name.Text,
            Site = site.Name.Text,
            Serial = network.Serial,
            Role = site.Role == Role.Edge ? SiteRole.Edge : SiteRole.Downstream,
            Hostname = site.Hostname.Value.ToString(),
            Asn = network.Asn.Value.Number,
            Lab = network.Lab,
            Prefixes = [.. network.Prefixes.Select(prefix => prefix.Value.ToString())],
            Loopback = [.. site.Loopbacks.Select(address => address.Value.ToString())],
            Admin = Admin(network.Admin),
            Preflight = site.Role == Role.Edge ? Preflight(network.Preflight) : null,
            AddressEcho = network.AddressEcho is { } echo
                ? new() { Ipv4 = echo.Ipv4?.Value.Text, Ipv6 = echo.Ipv6?.Value.Text }
                : null,
            System = SystemOf(profile) with
            {
                Nameservers = [.. derived.Nameservers.Select(address => address.ToString())],
                TimeServers = [.. derived.TimeServers.Select(host => host.ToString())],
            },
            Interfaces = [.. site.Interfaces.Select(Interface)],
            Tunnels = [.. derived.Tunnels.Select(Tunnel)],
            Routes = [.. derived.Routes.Select(Route)],
            Bgp = site.Role == Role.Edge ? BgpDocumentFactory.Create(network, derived) : null,
            Announced = derived.Announced is { } announced ? Announced(announced) : null,
        };
    }

    /// <summary>
    /// Nobody's document, with what all sites of a profile have in common: an image has its loader's files from it.
    /// </summary>
    public static SiteDocument Unclaimed(Network network, Profile profile) =>
        new()
        {
            Schema = SiteDocument.CurrentSchema,
            Network = network.Name.Text,
            Site = SiteDocument.Nobody,
            Role = SiteRole.Downstream,
            Hostname = SiteDocument.Nobody,
            Asn = network.Asn.Value.Number,
            Lab = network.Lab,
            Admin = Admin(network.Admin),
            System = SystemOf(profile),
            // Every document has one; no file that is read before first boot names it.
            Interfaces =
            [
                new()
                {
                    Name = "wan",
                    Match = new() { DefaultRoute = true },
                },
            ],
        };

    private static AdminDocument Admin(AdminAccess admin) =>
        new()
        {
            SshKeys = [.. admin.SshKeys.Select(key => key.Value.ToString())],
            SshFrom = [.. admin.SshFrom.Select(prefix => prefix.Value.ToString())],
            SigningKeys =
                admin.SigningKeys.Count == 0
                    ? null
                    : [.. admin.SigningKeys.Select(key => $"{key.Value.Type} {key.Value.Base64}")],
        };

    private static PreflightDocument? Preflight(PreflightPolicy? policy) =>
        policy is null
            ? null
            : new()
            {
                Hold = policy.Hold switch
                {
                    Model.Networks.PreflightHold.Sessions => PreflightHold.Sessions,
                    Model.Networks.PreflightHold.Announcements => PreflightHold.Announcements,
                    Model.Networks.PreflightHold.Nothing => PreflightHold.Nothing,
                },
                RetrySeconds = policy.RetrySeconds,
            };

    private static SystemDocument SystemOf(Profile profile) =>
        new()
        {
            Fibs = profile.Fibs.Value,
            LoaderModules = [.. profile.LoaderModules.Select(module => module.Value)],
            Modules = [.. profile.Modules.Select(module => module.Value)],
            Tunables = Settings(profile.Tunables),
            Sysctls = Settings(profile.Sysctls),
            Frr = profile.Packages.Any(package =>
                package.Value.Split('/')[^1].StartsWith("frr", StringComparison.Ordinal)
            ),
            RootLabel = profile.Root.Label.Value,
            EspLabel = profile.Esp?.Label.Value,
        };

    /// <summary>In the order of the file, which the document's JSON keeps.</summary>
    private static Dictionary<string, string> Settings(IReadOnlyList<Setting> settings) =>
        settings.ToDictionary(setting => setting.Name, setting => setting.Value);

    private static InterfaceDocument Interface(SiteInterface device) =>
        new()
        {
            Name = device.Name.Text,
            Match = Match(device.Match.Value),
            Ipv4 = device.Ipv4?.Value.ToString(),
            Gateway4 = device.Gateway4?.Value.ToString(),
            Ipv6 = device.Ipv6?.Value.ToString(),
            Gateway6 = device.Gateway6?.Value.ToString(),
            Mtu = device.Mtu?.Value.Bytes,
        };

    private static InterfaceMatch Match(DeviceMatch match) =>
        match switch
        {
            DeviceMatch.ByMac byMac => new() { Mac = byMac.Address.ToString() },
            DeviceMatch.ByDriver byDriver => new()
            {
                Driver = byDriver.Driver.ToString(),
                Index = byDriver.Index,
            },
            DeviceMatch.ByDefaultRoute => new() { DefaultRoute = true },
            DeviceMatch.ByPci byPci => new() { Pci = byPci.Position.ToString() },
            _ => throw new ArgumentOutOfRangeException(nameof(match), match, null),
        };

    private static TunnelDocument Tunnel(DerivedTunnel tunnel) =>
        new()
        {
            Device = tunnel.Device,
            Kind = tunnel.Protocol == TunnelProtocol.Gif ? TunnelKind.Gif : TunnelKind.Gre,
            Peer = tunnel.Peer,
            Upstream = tunnel.IsUpstream,
            Transit = tunnel.IsTransit,
            Over = tunnel.Over,
            OuterLocal = tunnel.OuterLocal.ToString(),
            OuterRemote = tunnel.OuterRemote.ToString(),
            TunnelFib = tunnel.TunnelFib,
            Fib = tunnel.Fib,
            Mtu = tunnel.Mtu.Bytes,
            InnerLocal = tunnel.InnerLocal.ToString(),
            InnerRemote = tunnel.InnerRemote.ToString(),
            Mss6 = tunnel.Mss6,
            Mss4 = tunnel.Mss4,
        };

    private static RouteDocument Route(DerivedRoute route) =>
        new()
        {
            Name = route.Name,
            Destination = route.IsDefault ? "default" : route.Destination.ToString(),
            Family =
                route.Destination.Family == IpFamily.Ipv4 ? AddressFamily.Ipv4 : AddressFamily.Ipv6,
            Via = route.Via?.ToString(),
            Blackhole = route.IsBlackhole,
            Fib = route.Fib,
        };

    private static AnnouncedDocument Announced(DerivedAnnounced announced) =>
        new()
        {
            Device = announced.Device,
            Prefixes = [.. announced.Prefixes.Select(prefix => prefix.ToString())],
            Addresses = [.. announced.Addresses.Select(address => address.ToString())],
            Jails =
            [
                .. announced.Jails.Select(jail => new JailDocument
                {
                    Name = jail.Name.Text,
                    Address = jail.Address.Value.ToString(),
                    Path = jail.Path?.Value,
                    Start = jail.Start?.Value,
                    RawSockets = jail.RawSockets,
                }),
            ],
        };
}
