using Appliance.Rendering;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Personalisation;

/// <summary>Turns a document into files: the same rendering as on the workstation, but in tests.</summary>
internal delegate IReadOnlyList<RenderedFile> Renderer(
    SiteDocument document,
    InterfaceNames names,
    Secrets secrets
);
