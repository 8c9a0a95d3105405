using Appliance.Lab.Daemons;
using Appliance.Lab.Speakers;
using Appliance.Lab.Topology;
using Appliance.Rendering;
using Appliance.Rendering.Documents;
using Appliance.Verify.Processes;

namespace Appliance.Lab.Running;

/// <summary>Writes the raw image of a site.</summary>
/// <param name="document">The site's, as the lab changed it.</param>
/// <param name="path">Where the image goes; its folder is there.</param>
public delegate Task GuestImageWriter(SiteDocument document, string path, CancellationToken token);

/// <summary>What is to be brought up.</summary>
public sealed record LabRequest
{
    public required LabPlan Plan { get; init; }

    public required HostTools Tools { get; init; }

    /// <summary>Version of the FRR that is installed, "8.4.4".</summary>
    public required string FrrVersion { get; init; }

    /// <summary>Modules of the bgpd that is installed; a lab with a BMP station asks it when nothing is said.</summary>
    public IReadOnlyList<string>? FrrModules { get; init; }

    /// <summary>Version of the FRR in each virtual machine; known once it runs.</summary>
    public IReadOnlyDictionary<string, string> GuestFrrVersions { get; init; } =
        new Dictionary<string, string>();

    /// <summary>Makes the images of virtual machines; there are none in a lab without it.</summary>
    public GuestImageWriter? WriteImage { get; init; }

    /// <summary>Which program plays a neighbor, by the name of its node; BIRD where nothing is said.</summary>
    public IReadOnlyDictionary<string, SpeakerKind> Speakers { get; init; } =
        new Dictionary<string, SpeakerKind>();

    /// <summary>
    /// Passwords of sessions. A lab has none of the real ones: both ends get one that is made from the secret's name.
    /// </summary>
    public Secrets Secrets =>
        new(
            Plan.Sessions.Select(session => session.Neighbor.PasswordSecret)
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
                .ToDictionary(name => name, name => $"lab-{name}", StringComparer.Ordinal)
        );

    /// <summary>Version of the FRR that reads a site's configuration; null: not known yet.</summary>
    public string? FrrVersionOf(string site) =>
        Plan.Node(site).IsVirtualMachine ? GuestFrrVersions.GetValueOrDefault(site) : FrrVersion;

    /// <summary>Modules of the bgpd that reads a site's configuration; an image's are those of its document.</summary>
    public IReadOnlyList<string>? FrrModulesOf(string site) =>
        Plan.Node(site).IsVirtualMachine ? Plan.Document(site).System.FrrModules : FrrModules;

    /// <summary>The same, with the modules where somebody needs to know them.</summary>
    internal async Task<LabRequest> WithModulesAsync(CancellationToken token) =>
        FrrModules is not null || Plan.Stations.Count == 0
            ? this
            : this with
            {
                FrrModules = await FrrRouter.ModulesAsync(Tools, token),
            };

    public SpeakerKind SpeakerOf(string upstream) =>
        Speakers.GetValueOrDefault(upstream, SpeakerKind.Bird);
}
