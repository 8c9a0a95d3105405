using Appliance.Lab.Daemons;
using Appliance.Lab.Guests;
using Appliance.Lab.Speakers;
using Appliance.Rendering.Files.Routing;
using Appliance.Verify.Processes;

namespace Appliance.Lab.Running;

/// <summary>What a lab takes of this computer, looked for before any of it is made.</summary>
public static class LabRequirements
{
    /// <summary>Debian's package of bgpd's RPKI module; Fedora's frr has it.</summary>
    private const string RpkiPackage = "frr-rpki-rtrlib";

    /// <summary>Names everything that is missing at once.</summary>
    /// <exception cref="LabException">A program or a module of FRR is missing.</exception>
    public static async Task RequireAsync(LabRequest request, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(request);
        LabGuests.Check(request);
        var missing = ToolsOf(request)
            .Where(tool => !request.Tools.Has(tool))
            .Select(tool => (What: tool.Name, Package: tool.Debian))
            .ToList();
        if (request.Tools.Has(Tools.FrrBgpd) && await LacksRpkiAsync(request, token))
        {
            missing.Add(("FRR's RPKI module (an edge has RPKI caches)", RpkiPackage));
        }

        if (missing.Count > 0)
        {
            var packages = missing.Select(item => item.Package).Distinct();
            throw new LabException(
                LabFault.Unsupported,
                $"the lab takes what is not installed, and nothing was made: {string.Join(", ", missing.Select(item => item.What))}; "
                    + $"sudo apt install {string.Join(' ', packages)} (Debian, Ubuntu)"
            );
        }
    }

    private static IEnumerable<Tool> ToolsOf(LabRequest request)
    {
        Tool[] always =
        [
            Tools.Ip,
            Tools.Zebra,
            Tools.FrrBgpd,
            Tools.Vtysh,
            Tools.Bird,
            Tools.ChangeOwner,
        ];
        var caches = request.Plan.Caches.Count > 0 ? [Tools.StayRtr] : Array.Empty<Tool>();
        var speakers = request.Plan.Sessions.SelectMany(session =>
            Speaker.ToolsOf(request.SpeakerOf(session.Upstream))
        );
        return always.Concat(caches).Concat(speakers).Distinct();
    }

    /// <summary>An edge in a namespace runs this computer's FRR; one in a virtual machine has its own.</summary>
    private static async Task<bool> LacksRpkiAsync(LabRequest request, CancellationToken token)
    {
        var isWanted = request.Plan.Documents.Any(site =>
            site.Bgp is { RpkiCaches.Count: > 0 } && !request.Plan.Node(site.Site).IsVirtualMachine
        );
        if (!isWanted)
        {
            return false;
        }

        var modules = request.FrrModules ?? await FrrRouter.ModulesAsync(request.Tools, token);
        return !modules.Contains(FrrModules.Rpki);
    }
}
