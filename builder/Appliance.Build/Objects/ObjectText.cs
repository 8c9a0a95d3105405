using System.Text;
using Appliance.Model.Networks;
using Appliance.Model.Values;

namespace Appliance.Build.Objects;

/// <summary>
/// Writes registry objects (RPSL, RFC 2622) with what every one of them has to refer to. What the network file does not give
/// is a placeholder in angle brackets. Which attributes a type must have: templates of the RIPE Database.
/// </summary>
internal sealed class ObjectText(RegistryContacts contacts)
{
    private readonly StringBuilder text = new();

    public override string ToString() => text.ToString();

    /// <summary>Begins another object.</summary>
    public void Next() => text.Append(text.Length == 0 ? "" : "\n");

    public void Append(string attribute, string value) =>
        text.Append($"{attribute}:".PadRight(16)).Append(value).Append('\n');

    /// <summary>country, admin-c and tech-c of address space.</summary>
    public void AppendCountryAndContacts()
    {
        Append("country", $"{contacts.Country}", "country");
        AppendContacts();
    }

    public void AppendContacts()
    {
        Append("admin-c", $"{contacts.Administrative}", "admin-c");
        Append("tech-c", $"{contacts.Technical}", "tech-c");
    }

    /// <summary>The zone's contact and its servers; registries ask for two or more.</summary>
    public void AppendZone()
    {
        Append("zone-c", $"{contacts.Technical}", "zone-c");
        var servers = contacts.ReverseServers.Select(server => server.Value.Text).ToList();
        for (var number = servers.Count + 1; number <= 2; number++)
        {
            servers.Add($"<nserver {number}>");
        }

        servers.ForEach(server => Append("nserver", server));
    }

    /// <summary>mnt-by and source, the last attributes of every object.</summary>
    public void End()
    {
        Append("mnt-by", $"{contacts.Maintainer}", "mnt-by");
        Append("source", $"{contacts.Source}", "source");
    }

    private void Append(string attribute, string value, string placeholder) =>
        Append(attribute, value.Length > 0 ? value : $"<{placeholder}>");
}
