namespace Appliance.Rendering.Files.Routing;

/// <summary>
/// What is done about the kernel's routes through a link that has gone down: zebra does not delete them (FRR,
/// zebra/rt_socket.c, kernel_rtm passes over next hops that are not active), and FreeBSD's kernel keeps them.
/// </summary>
internal sealed class LinkDownScript : IConfigurationFile
{
    private const string Path = "/usr/local/libexec/appliance/link-down";

    public bool IsWanted(Site site) => site.RunsFrr;

    public RenderedFile Render(Site site) =>
        new(Path, RenderedText.OfSite(Path, "link-down.sbn", site), Mode: FileModes.Program);
}
