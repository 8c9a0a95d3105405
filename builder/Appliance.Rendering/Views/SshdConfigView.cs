namespace Appliance.Rendering.Views;

/// <summary>What stands in /etc/ssh/sshd_config.</summary>
internal sealed record SshdConfigView(string Site);
