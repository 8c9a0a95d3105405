namespace Appliance.Rendering.Views;

/// <summary>What stands in /etc/pf-fallback.conf.</summary>
/// <param name="Site">Key of the site.</param>
/// <param name="Tables">The table of those who may reach ssh, if any.</param>
/// <param name="SshTable">Its name; null when nobody may.</param>
/// <param name="RouterAdvertisements">An interface accepts them.</param>
internal sealed record PfFallbackView(
    string Site,
    IReadOnlyList<PfTableView> Tables,
    string? SshTable,
    bool RouterAdvertisements
);
