using System.CommandLine;
using Appliance.Cli.Verbs;
using Appliance.Model.Releases;

namespace Appliance.Cli.Locations;

/// <summary>Where everything that an image is made of comes from.</summary>
internal sealed class InputOptions
{
    public SetOptions Sets { get; } = new();

    public PackageOptions Packages { get; } = new();

    private readonly Option<string?> release = new("--release")
    {
        Description =
            "Another FreeBSD release than the profile's (default: the profile's, the lock's, or the newest supported one)",
        HelpName = "RELEASE",
    };

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        Sets.AddTo(command);
        Packages.AddTo(command);
        command.Options.Add(release);
    }

    /// <summary>The profile as the options make it.</summary>
    /// <exception cref="UsageException">An option names what there is not.</exception>
    public LocatedProfile Apply(VerbContext context, LocatedProfile profile)
    {
        if (context.Get(release) is { } name)
        {
            if (ReleaseData.Current.Find(name) is null)
            {
                throw new UsageException(
                    $"--release '{name}' is not a release that this version knows; it knows "
                        + string.Join(
                            ", ",
                            ReleaseData.Current.Releases.Select(known => known.Name)
                        )
                );
            }

            profile = profile with
            {
                Profile = profile.Profile.WithRelease(name) with { NamesRelease = true },
            };
        }

        return Packages.Apply(context, profile);
    }
}
