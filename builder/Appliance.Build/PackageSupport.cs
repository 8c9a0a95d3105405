using Appliance.Model.Profiles;

namespace Appliance.Build;

/// <summary>Says what this version cannot do yet, instead of leaving it out in silence.</summary>
internal static class PackageSupport
{
    /// <exception cref="BuildException">The profile names packages.</exception>
    public static void Check(Profile profile)
    {
        if (profile.Packages is [var first, ..])
        {
            throw new BuildException(
                BuildFailure.BadInput,
                $"{first.At.File}:{first.At.Span.Line}: the profile names the package '{first.Value}', "
                    + "and this version builds from release sets only; take 'packages' out of the profile"
            );
        }
    }
}
