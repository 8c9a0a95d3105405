using Appliance.Model.Values;
using Appliance.Model.Yaml;

namespace Appliance.Model.Networks;

/// <summary>Reads what is checked before anything is announced, and who tells an address from outside.</summary>
internal sealed class PreflightReader(NodeReader reader)
{
    private const int DefaultRetry = 15;
    private const int LongestRetry = 3600;

    private static readonly Dictionary<string, PreflightHold> Holds = new()
    {
        ["nothing"] = PreflightHold.Nothing,
        ["announcements"] = PreflightHold.Announcements,
        ["sessions"] = PreflightHold.Sessions,
    };

    public PreflightPolicy? ReadPolicy(MappingReader network)
    {
        if (network.Below(network.Optional("preflight")) is not { } map)
        {
            return null;
        }

        var hold = map.Optional("hold") is { } entry ? reader.Word(entry.Value, Holds) : null;
        var retry = map.OptionalNumber("retry", 1, LongestRetry);
        map.Finish();
        return new PreflightPolicy(
            hold?.Value ?? PreflightHold.Announcements,
            retry?.Value ?? DefaultRetry
        );
    }

    public static AddressEcho? ReadEcho(MappingReader network)
    {
        var entry = network.Optional("address_echo");
        if (network.Below(entry) is not { } map)
        {
            return null;
        }

        var echo = new AddressEcho(entry!.At)
        {
            Ipv4 = map.OptionalValue<HttpUrl>("ipv4"),
            Ipv6 = map.OptionalValue<HttpUrl>("ipv6"),
        };
        map.Finish();
        return echo;
    }
}
