namespace Appliance.Rendering.Files.Routing;

/// <summary>
/// What watchfrr runs to start FRR and to bring a daemon back. The package's rc script would have all daemons read frr.conf
/// again, and a zebra that starts would leave routes over link-local addresses where a killed one had put them (FRR,
/// zebra/kernel_socket.c, rtm_read).
/// </summary>
internal sealed class FrrRestartScript : IConfigurationFile
{
    public const string Path = "/usr/local/libexec/appliance/frr-restart";

    public bool IsWanted(Site site) => site.RunsFrr;

    public RenderedFile Render(Site site) =>
        new(Path, RenderedText.OfSite(Path, "frr-restart.sbn", site), Mode: FileModes.Program);
}
