namespace Appliance.Rendering.Views;

/// <summary>What stands in /etc/ipsec.conf.</summary>
internal sealed record IpsecConfView(string Site, IReadOnlyList<IpsecSessionView> Sessions);

/// <summary>A session with a password.</summary>
/// <param name="Name">Key of the upstream.</param>
/// <param name="Lines">One command for each direction, or a comment while the password is not there.</param>
internal sealed record IpsecSessionView(string Name, IReadOnlyList<string> Lines);
