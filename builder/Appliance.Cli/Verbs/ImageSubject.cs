using System.CommandLine;
using Appliance.Cli.Locations;

namespace Appliance.Cli.Verbs;

/// <summary>Whose image a verb works on: <c>SITE</c>, or <c>--profile NAME</c> for any of its sites.</summary>
internal sealed class ImageSubject
{
    private readonly Argument<string?> site = SiteArgument.NotAnOption(
        new Argument<string?>("SITE")
        {
            Description = "Name of a site in the network file",
            Arity = ArgumentArity.ZeroOrOne,
        }
    );

    private readonly Option<string?> profile = new("--profile")
    {
        Description =
            "Instead of a site: an image for any site of this profile, which becomes one by its metadata",
        HelpName = "NAME",
    };

    /// <summary>Gives a command the argument and the option.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(site);
        command.Options.Add(profile);
    }

    /// <exception cref="UsageException">Neither is named, or both are.</exception>
    public ImageName Read(VerbContext context) =>
        (context.Get(site), context.Get(profile)) switch
        {
            ({ } name, null) => new ImageName(name, IsProfile: false),
            (null, { } name) => new ImageName(name, IsProfile: true),
            (null, null) => throw new UsageException(
                "name a SITE, or with --profile an image for any site of a profile; see --help"
            ),
            _ => throw new UsageException("name a SITE or a --profile, not both"),
        };
}

/// <summary>A site's image or a profile's.</summary>
/// <param name="Name">Of the site or of the profile.</param>
/// <param name="IsProfile">Which of the two.</param>
internal readonly record struct ImageName(string Name, bool IsProfile)
{
    /// <summary>Name of the image's file without its ending.</summary>
    public string FileName => IsProfile ? $"profile-{Name}" : Name;
}
