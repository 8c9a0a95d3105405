using Appliance.Rendering.Documents;
using Appliance.Rendering.Files;
using Appliance.Rendering.Files.Access;
using Appliance.Rendering.Files.Base;
using Appliance.Rendering.Files.Boot;
using Appliance.Rendering.Files.PacketFilter;
using Appliance.Rendering.Files.RcConf;
using Appliance.Rendering.Files.Routing;

namespace Appliance.Rendering;

/// <summary>
/// Turns a site document into the configuration files of the machine. The workstation and the router run
/// the same code, so what <c>render</c> shows is what first boot writes.
/// </summary>
public static class SiteRenderer
{
    private static readonly IConfigurationFile[] AllFiles =
    [
        new LoaderConfFile(),
        new FstabFile(),
        new RcConfFile(),
        new SysctlConfFile(),
        new PfConfFile(),
        new FallbackRulesFile(),
        new HostsFile(),
        new ResolvConfFile(),
        new NtpConfFile(),
        new MotdFile(),
        new SshdConfigFile(),
        new AuthorizedKeysFile(),
        new AllowedSignersFile(),
        new JailConfFile(),
        new FrrConfFile(),
        new IpsecConfFile(),
        new RpkiCronFile(),
        new VtyshConfFile(),
        new FrrRestartScript(),
        new FrrCronFile(),
        new LinkDownScript(),
        new LinkDownRule(),
    ];

    /// <summary>All files of a site, in a fixed order. The same arguments give the same bytes.</summary>
    /// <param name="document">What the machine is to be.</param>
    /// <param name="names">The devices behind the document's interfaces.</param>
    /// <param name="secrets">
    /// What has arrived of the secrets the document names. Values reach only files that others cannot read
    /// (mode 0600 or 0640).
    /// </param>
    /// <exception cref="RenderingException">
    /// A value of the document does not have the form its field demands, or an interface has no device.
    /// </exception>
    public static IReadOnlyList<RenderedFile> Render(
        SiteDocument document,
        InterfaceNames names,
        Secrets? secrets = null
    )
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(names);
        var site = new Site(document, names, secrets ?? Secrets.None);
        return
        [
            .. AllFiles.Where(file => file.IsWanted(site)).Select(file => file.Render(site)),
            .. RtrSshFiles.Render(site),
        ];
    }
}
