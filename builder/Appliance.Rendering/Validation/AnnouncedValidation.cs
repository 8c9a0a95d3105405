using System.Net;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Network;
using static Appliance.Rendering.Validation.FieldChecks;

namespace Appliance.Rendering.Validation;

/// <summary>A downstream host's share of the AS's space, and its jails.</summary>
internal static class AnnouncedValidation
{
    public static void Check(SiteDocument document, AnnouncedDocument announced)
    {
        RequireThat("$.system.fibs", document.System.Fibs >= 2, "announced addresses need FIB 1");
        Require("$.announced.device", announced.Device, Grammar.IsDevice, "a device such as lo1");
        RequireThat(
            "$.announced.device",
            announced.Device != "lo0"
                && document.Tunnels.All(tunnel => tunnel.Device != announced.Device),
            "the device must be one of its own, since all of it lies in FIB 1"
        );
        RequireEach(
            "$.announced.prefixes",
            announced.Prefixes,
            Grammar.IsIpv6Prefix,
            "an IPv6 prefix without host bits"
        );
        var prefixes = announced.Prefixes.Select(prefix => IPNetwork.Parse(prefix)).ToList();
        RequireEach(
            "$.announced.addresses",
            announced.Addresses,
            text => IsAnnounced(prefixes, text),
            "an address inside one of the announced prefixes"
        );
        RequireUnique("$.announced.jails", announced.Jails.Select(jail => jail.Name));
        for (var index = 0; index < announced.Jails.Count; index++)
        {
            CheckJail($"$.announced.jails[{index}]", prefixes, announced.Jails[index]);
        }
    }

    private static void CheckJail(string where, List<IPNetwork> prefixes, JailDocument jail)
    {
        Require(
            $"{where}.name",
            jail.Name,
            IsJailName,
            "a name (letters, digits, '-', '_', not only digits)"
        );
        Require(
            $"{where}.address",
            jail.Address,
            text => IsAnnounced(prefixes, text),
            "an address inside one of the announced prefixes"
        );
        RequireIfPresent($"{where}.path", jail.Path, Grammar.IsPath, "an absolute path");
        RequireIfPresent(
            $"{where}.start",
            jail.Start,
            Grammar.IsCommand,
            "an absolute command line without quotes"
        );
    }

    // jail(8) takes a number for a jail's id, and a dot for a child jail.
    private static bool IsJailName(string text) =>
        Grammar.IsWord(text.Replace('-', '_')) && text[0] != '-' && !text.All(char.IsAsciiDigit);

    private static bool IsAnnounced(List<IPNetwork> prefixes, string text) =>
        Addresses.TryParse(text, out var address)
        && prefixes.Any(prefix => prefix.Contains(address));
}
