using Appliance.Cli.Locations;
using Appliance.Cli.Verbs;
using Appliance.Model.Profiles;
using Appliance.Sources;

namespace Appliance.Cli.Requirements;

/// <summary>What a build takes of this computer and of the network, looked for before any work.</summary>
internal static class BuildRequirements
{
    /// <exception cref="MissingRequirementsException">
    /// Something is missing; sets and packages that are out of reach are named together with it.
    /// </exception>
    public static async Task CheckAsync(
        VerbContext context,
        string firstBoot,
        ProfileInputs inputs,
        Wanted wanted,
        CancellationToken token
    )
    {
        var host = new HostRequirements(context.Environment.Variable("PATH") ?? "");
        var converts = wanted.Formats.Any(format => format is ImageFormat.Vmdk or ImageFormat.Vhd);
        List<Requirement> missing =
        [
            .. host.ForBuild(firstBoot, converts)
                .Concat(wanted.Verify ? host.ForVerify() : [])
                .Where(item => item.IsMissing)
                .DistinctBy(item => item.Name),
        ];
        if (missing.Count == 0)
        {
            return;
        }

        // Only then is it worth a question to the mirrors: a build that lacks nothing asks them by itself.
        throw new MissingRequirementsException(missing, await OutOfReachAsync(inputs, token));
    }

    private static async Task<string?> OutOfReachAsync(
        ProfileInputs inputs,
        CancellationToken token
    )
    {
        try
        {
            await inputs.ResolveAsync(refresh: false, token);
            return inputs.MissingCatalogues();
        }
        catch (SourceException exception)
        {
            return inputs.MissingCatalogues() is { } packages
                ? $"{exception.Message}\n{packages}"
                : exception.Message;
        }
    }
}

/// <summary>What a build is to end with.</summary>
/// <param name="Formats">Formats of the image.</param>
/// <param name="Verify">It is booted.</param>
internal sealed record Wanted(IReadOnlyList<ImageFormat> Formats, bool Verify);
