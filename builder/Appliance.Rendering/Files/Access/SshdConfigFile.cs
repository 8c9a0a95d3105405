namespace Appliance.Rendering.Files.Access;

/// <summary>/etc/ssh/sshd_config: keys only. Who may reach the port at all is the packet filter's matter.</summary>
internal sealed class SshdConfigFile : IConfigurationFile
{
    private const string Path = "/etc/ssh/sshd_config";

    public bool IsWanted(Site site) => true;

    public RenderedFile Render(Site site) =>
        new(Path, RenderedText.OfSite(Path, "sshd_config.sbn", site));
}
