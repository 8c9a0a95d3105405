using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Networks;

/// <summary>
/// What every object in a registry has to refer to, beside what the network says itself. All of it is optional: what is not
/// given stays a placeholder in the objects.
/// </summary>
public sealed record RegistryContacts
{
    /// <summary>The maintainer that authorises changes (mnt-by).</summary>
    public Located<RegistryName>? Maintainer { get; init; }

    /// <summary>The administrative contact's handle (admin-c).</summary>
    public Located<RegistryName>? Administrative { get; init; }

    /// <summary>The technical contact's handle (tech-c, and zone-c of domain objects).</summary>
    public Located<RegistryName>? Technical { get; init; }

    /// <summary>The registry: RIPE, ARIN, APNIC …</summary>
    public Located<RegistryName>? Source { get; init; }

    /// <summary>Where the addresses are used (country).</summary>
    public Located<CountryCode>? Country { get; init; }

    /// <summary>Servers of the reverse zones (nserver); registries ask for two or more.</summary>
    public IReadOnlyList<Located<HostName>> ReverseServers { get; init; } = [];
}
