using System.CommandLine;
using Appliance.Build.Documents;
using Appliance.Cli.Locations;
using Appliance.Model.Derived;
using Appliance.Rendering.Documents;

namespace Appliance.Cli.Verbs;

/// <summary>The site that a verb works on, looked up in the network.</summary>
internal static class SiteArgument
{
    public static Argument<string> Create() =>
        new("SITE") { Description = "Name of a site in the network file" };

    /// <summary>The site's profile and document.</summary>
    /// <exception cref="MissingInputException">The network has no such site.</exception>
    public static ChosenSite Choose(Project project, string name, string networkPath)
    {
        var network = project.Network!;
        var site =
            network.FindSite(name)
            ?? throw new MissingInputException(
                $"{networkPath} has no site '{name}'; its sites are "
                    + string.Join(", ", network.Sites.Select(other => other.Name.Text))
            );
        var profile = project.Profiles[site.Profile.Value.Text];
        var document = SiteDocumentFactory.Create(
            network,
            Derivation.For(network, site),
            profile.Profile
        );
        return new ChosenSite(document, profile);
    }
}

/// <summary>A site with everything that its image follows from.</summary>
internal sealed record ChosenSite(SiteDocument Document, LocatedProfile Profile);
