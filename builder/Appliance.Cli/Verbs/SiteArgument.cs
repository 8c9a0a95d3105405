using System.CommandLine;
using Appliance.Build.Documents;
using Appliance.Cli.Locations;
using Appliance.Model.Derived;
using Appliance.Model.Yaml;
using Appliance.Rendering.Documents;
using Appliance.Sources.Sets;

namespace Appliance.Cli.Verbs;

/// <summary>The site that a verb works on, looked up in the network.</summary>
internal static class SiteArgument
{
    public static Argument<string> Create() =>
        NotAnOption(
            new Argument<string>("SITE") { Description = "Name of a site in the network file" }
        );

    /// <summary>The same argument, which refuses a misspelt option in its place.</summary>
    public static Argument<T> NotAnOption<T>(Argument<T> argument)
    {
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-')))
            {
                result.AddError($"Unrecognized command or argument '{token.Value}'.");
            }
        });
        return argument;
    }

    /// <summary>The site's profile and document, as an image of it holds the document once its packages are pinned.</summary>
    /// <param name="project">Network and profiles.</param>
    /// <param name="name">Name of the site.</param>
    /// <param name="networkPath">The network file, for messages.</param>
    /// <param name="change">What options make of the profile.</param>
    /// <exception cref="MissingInputException">The network has no such site.</exception>
    public static ChosenSite Choose(
        Project project,
        string name,
        string networkPath,
        Func<LocatedProfile, LocatedProfile>? change = null
    )
    {
        var network = project.Network!;
        var site =
            network.FindSite(name)
            ?? throw new MissingInputException(
                $"{VerbContext.NameOf(networkPath)} has no site '{name}'; "
                    + (
                        Spelling.Nearest(name, network.Sites.Select(other => other.Name.Text))
                            is { } nearest
                            ? $"did you mean {nearest}? "
                            : ""
                    )
                    + $"Its sites are {string.Join(", ", network.Sites.Select(other => other.Name.Text))}"
            );
        var profile = project.Profiles[site.Profile.Value.Text];
        profile = change?.Invoke(profile) ?? profile;
        var document = SiteDocumentFactory.Create(
            network,
            Derivation.For(network, site),
            profile.Profile
        );
        return new ChosenSite(WithPinnedPackages(document, profile), profile);
    }

    /// <summary>A profile's image, with the documents of all sites that have this profile.</summary>
    /// <param name="project">Network and profiles, this one among them.</param>
    /// <param name="name">Name of the profile.</param>
    /// <param name="change">What options make of the profile.</param>
    public static ChosenSite ChooseProfile(
        Project project,
        string name,
        Func<LocatedProfile, LocatedProfile> change
    )
    {
        var network = project.Network!;
        var profile = change(project.Profiles[name]);
        var documents = network
            .Sites.Where(site => site.Profile.Value.Text == name)
            .Select(site =>
                SiteDocumentFactory.Create(network, Derivation.For(network, site), profile.Profile)
            );
        return new ChosenSite(
            WithPinnedPackages(SiteDocumentFactory.Unclaimed(network, profile.Profile), profile),
            profile
        )
        {
            Choices = [.. documents.Select(document => WithPinnedPackages(document, profile))],
        };
    }

    private static SiteDocument WithPinnedPackages(SiteDocument document, LocatedProfile profile)
    {
        // A base of packages may have been pinned as sets.
        return
            SetsLockFile.Read(SetsLockFile.PathFor(profile.Path))?.Packages is { } pins
            && (
                pins.IsFor(profile.Profile.AllPackages.Select(package => package.Value))
                || pins.IsFor(profile.Profile.Packages.Select(package => package.Value))
            )
            ? PackagedDocument.Of(
                document,
                pins.Packages.Select(package => (package.Origin, package.Version))
            )
            : document;
    }
}

/// <summary>A site with everything that its image follows from.</summary>
internal sealed record ChosenSite(SiteDocument Document, LocatedProfile Profile)
{
    /// <summary>The sites that a profile's image may become; null: the image is one site's.</summary>
    public IReadOnlyList<SiteDocument>? Choices { get; init; }
}
