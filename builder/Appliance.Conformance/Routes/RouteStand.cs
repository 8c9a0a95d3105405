using Appliance.Conformance.Bgp;
using Appliance.Lab.Topology;

namespace Appliance.Conformance.Routes;

/// <summary>A session, what is announced on it, and who does.</summary>
internal sealed class RouteStand(LabSession session, ProbeCatalogue catalogue)
{
    public LabSession Session => session;

    public ProbeCatalogue Catalogue => catalogue;

    public BgpSpeaker? Speaker { get; set; }

    /// <summary>UPDATEs that bgpd had read before.</summary>
    public int Before { get; set; }

    public int Sent { get; set; }
}
