using Appliance.Model.Values;
using Appliance.Model.Yaml;

namespace Appliance.Model.Networks;

/// <summary>Reads what objects in a registry refer to.</summary>
internal static class RegistryReader
{
    public static RegistryContacts Read(MappingReader network)
    {
        if (network.Below(network.Optional("registry")) is not { } map)
        {
            return new RegistryContacts();
        }

        var contacts = new RegistryContacts
        {
            Maintainer = map.OptionalValue<RegistryName>("mnt_by"),
            Administrative = map.OptionalValue<RegistryName>("admin_c"),
            Technical = map.OptionalValue<RegistryName>("tech_c"),
            Source = map.OptionalValue<RegistryName>("source"),
            Country = map.OptionalValue<CountryCode>("country"),
            ReverseServers = map.Values<HostName>("nservers"),
        };
        map.Finish();
        return contacts;
    }
}
