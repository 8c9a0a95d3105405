namespace Appliance.Rendering.Views;

/// <summary>What stands in /etc/motd.template.</summary>
internal sealed record MotdView(
    string Hostname,
    string Network,
    uint Asn,
    string Role,
    string DocumentPath,
    string VerdictPath
);
