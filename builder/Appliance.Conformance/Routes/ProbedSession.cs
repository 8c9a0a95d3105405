using Appliance.Conformance.Bgp;
using Appliance.Lab.Topology;

namespace Appliance.Conformance.Routes;

/// <summary>A session, the probes announced on it, and the speaker.</summary>
internal sealed class ProbedSession(LabSession session, ProbeCatalogue catalogue)
{
    public LabSession Session => session;

    public ProbeCatalogue Catalogue => catalogue;

    public BgpSpeaker? Speaker { get; set; }

    /// <summary>UPDATEs that bgpd had read before the probes.</summary>
    public int Before { get; set; }

    public int Sent { get; set; }
}
