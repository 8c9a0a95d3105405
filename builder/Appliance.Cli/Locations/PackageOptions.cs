using System.CommandLine;
using Appliance.Cli.Verbs;
using Appliance.Model.Profiles;
using Appliance.Model.Reports;

namespace Appliance.Cli.Locations;

/// <summary>Where packages come from, as options of the verbs that need them.</summary>
internal sealed class PackageOptions
{
    private readonly Option<string[]> places = new("--repository")
    {
        Description =
            "Another place of a repository of the profile, a URL or a folder: FreeBSD-ports=/srv/pkg. May be given several times",
        HelpName = "NAME=PLACE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<bool> without = new("--without-packages")
    {
        Description =
            "Leave out the packages that the profile names: an edge then has no FRR and speaks no BGP",
    };

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(places);
        command.Options.Add(without);
    }

    /// <summary>Whether the packages that the profile names are left out on demand.</summary>
    public bool AreLeftOut(VerbContext context) => context.Get(without);

    /// <summary>The profile as the options make it.</summary>
    /// <exception cref="UsageException">An option names a repository that the profile does not have.</exception>
    public LocatedProfile Apply(VerbContext context, LocatedProfile profile)
    {
        var changed = profile.Profile;
        foreach (var place in context.Get(places) ?? [])
        {
            changed = WithPlace(context, changed, place);
        }

        if (context.Get(without) && changed.Packages.Count > 0)
        {
            context.Output.Warn(
                $"warning: built WITHOUT the packages that {profile.Path} names: "
                    + string.Join(", ", changed.Packages.Select(package => package.Value))
            );
            changed = changed.WithoutPackages();
        }

        return profile with
        {
            Profile = changed,
        };
    }

    private static Profile WithPlace(VerbContext context, Profile profile, string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var (name, place) = equals > 0 ? (text[..equals], text[(equals + 1)..]) : (text, "");
        if (place.Length == 0 || profile.Repositories.All(known => known.Name != name))
        {
            throw new UsageException(
                $"--repository '{text}': write NAME=PLACE with a repository of the profile: "
                    + string.Join(", ", profile.Repositories.Select(known => known.Name))
            );
        }

        Located<string> Here(string value, SourceLocation at) => new(value, at);
        return profile with
        {
            Repositories =
            [
                .. profile.Repositories.Select(known =>
                    known.Name != name ? known
                    : place.Contains("://", StringComparison.Ordinal)
                        ? known with
                        {
                            Url = Here(place, known.At),
                            Folder = null,
                        }
                    : known with
                    {
                        Url = null,
                        Folder = Here(context.Environment.Resolve(place), known.At),
                    }
                ),
            ],
        };
    }
}
