using Appliance.Rendering;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Policies;

namespace Appliance.Lab.Running;

/// <summary>The frr.conf of an edge: the very file of its image, written for the FRR that reads it.</summary>
public static class EdgeConfiguration
{
    public static string Render(LabRequest request, string site) =>
        FrrPolicy.Render(Document(request, site), Names(request, site), request.Secrets);

    /// <summary>The file without some of its rules, by name.</summary>
    public static string RenderWithout(
        LabRequest request,
        string site,
        IReadOnlyCollection<string> rules
    ) =>
        FrrPolicy.RenderWithout(
            Document(request, site),
            Names(request, site),
            request.Secrets,
            rules
        );

    /// <summary>The rules of the file.</summary>
    public static IReadOnlyList<RenderedRule> Rules(LabRequest request, string site) =>
        FrrPolicy.Rules(Document(request, site), Names(request, site), request.Secrets);

    /// <summary>The document that the file is rendered from.</summary>
    public static SiteDocument Document(LabRequest request, string site)
    {
        var document = request.Plan.Document(site);
        return document with
        {
            // In a namespace there is no preflight that would let anything go.
            Preflight = request.Plan.Node(site).IsVirtualMachine ? document.Preflight : null,
            System = document.System with
            {
                FrrVersion = request.FrrVersionOf(site),
                FrrModules = request.FrrModulesOf(site),
            },
        };
    }

    private static InterfaceNames Names(LabRequest request, string site) =>
        new(request.Plan.DeviceNames[site]);
}
