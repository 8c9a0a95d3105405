using Appliance.Rendering;

namespace Appliance.Lab.Running;

/// <summary>The frr.conf of an edge: the very file of its image, written for the FRR that is here.</summary>
internal static class EdgeConfiguration
{
    private const string FileName = "/frr.conf";

    public static string Render(LabRequest request, string site)
    {
        var document = request.Plan.Document(site);
        return SiteRenderer
            .Render(
                document with
                {
                    System = document.System with { FrrVersion = request.FrrVersion },
                },
                new InterfaceNames(request.Plan.DeviceNames[site]),
                request.Secrets
            )
            .First(file => file.Path.EndsWith(FileName, StringComparison.Ordinal))
            .Content;
    }
}
