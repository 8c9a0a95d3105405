using Appliance.Rendering.Documents;
using Appliance.Rendering.Templates;

namespace Appliance.Rendering.Files.PacketFilter;

/// <summary>/etc/pf.conf. The two roles forward so differently that each has a rule set of its own.</summary>
internal sealed class PfConfFile : IConfigurationFile
{
    private const string Path = "/etc/pf.conf";

    public bool IsWanted(Site site) => true;

    public RenderedFile Render(Site site) =>
        new(Path, RenderedText.Checked(Path, Rules(site)), Mode: FileModes.OwnerOnly);

    private static string Rules(Site site) =>
        site.Document.Role == SiteRole.Edge
            ? TemplateEngine.Render(
                "pf.edge.conf.sbn",
                PfEdge.View(site),
                Views.ViewJsonContext.Default.PfEdgeView
            )
            : TemplateEngine.Render(
                "pf.downstream.conf.sbn",
                PfDownstream.View(site),
                Views.ViewJsonContext.Default.PfDownstreamView
            );
}
