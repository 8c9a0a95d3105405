using Appliance.Model.Reports;
using Appliance.Model.Values;
using Appliance.Model.Yaml;

namespace Appliance.Model.Networks;

/// <summary>Reads the options of an upstream's session.</summary>
internal sealed class SessionReader(NodeReader reader)
{
    private const int MostHops = 255;

    private static readonly Dictionary<string, RestartMode> RestartModes = new()
    {
        ["helper"] = RestartMode.Helper,
        ["off"] = RestartMode.Off,
        ["restart"] = RestartMode.Restart,
    };

    public UpstreamSession Read(MappingReader map) =>
        new()
        {
            Multihop = map.OptionalNumber("multihop", 2, MostHops),
            TtlSecurity = map.OptionalBoolean("ttl_security"),
            Bfd = ReadBfd(map),
            Timers = ReadTimers(map),
            GracefulRestart = map.OptionalWord("graceful_restart", RestartModes)?.Value ?? default,
            StrictRole = map.OptionalBoolean("strict_role")?.Value ?? false,
            Shutdown = map.OptionalValue<Reason>("shutdown"),
        };

    /// <summary>"true" for the usual pace, or a mapping.</summary>
    private Located<Bfd>? ReadBfd(MappingReader owner)
    {
        var entry = owner.Optional("bfd");
        if (entry is null)
        {
            return null;
        }

        if (entry.Value is YamlScalar)
        {
            return reader.Boolean(entry.Value) is { Value: true } wanted
                ? new Located<Bfd>(Bfd.Usual, wanted.At)
                : null;
        }

        if (owner.Below(entry) is not { } map)
        {
            return null;
        }

        var interval = map.OptionalNumber("interval", 10, 60_000);
        var multiplier = map.OptionalNumber("multiplier", 2, 255);
        map.Finish();
        return new Located<Bfd>(
            new Bfd(
                interval?.Value ?? Bfd.Usual.Interval,
                multiplier?.Value ?? Bfd.Usual.Multiplier
            ),
            entry.At
        );
    }

    private static Located<Timers>? ReadTimers(MappingReader owner)
    {
        var entry = owner.Optional("timers");
        if (owner.Below(entry) is not { } map)
        {
            return null;
        }

        map.Required("keepalive", "seconds between keepalives");
        var keepalive = map.OptionalNumber("keepalive", 1, ushort.MaxValue);
        map.Required("hold", "seconds of silence before the neighbor is given up");
        var hold = map.OptionalNumber("hold", 3, ushort.MaxValue);
        map.Finish();
        return keepalive is null || hold is null
            ? null
            : new Located<Timers>(new Timers(keepalive.Value, hold.Value), entry!.At);
    }
}
