using System.CommandLine;
using Appliance.Cli.Locations;
using Appliance.Cli.Terminal;

namespace Appliance.Cli.Verbs;

/// <summary>What one run of a verb works with.</summary>
public sealed class VerbContext(ParseResult parsed, CommonOptions options, Output output)
{
    public Output Output => output;

    public CliEnvironment Environment => output.Environment;

    /// <summary>The value of an option of the verb.</summary>
    public T? Get<T>(Option<T> option) => parsed.GetValue(option);

    /// <summary>The value of an argument of the verb.</summary>
    public T? Get<T>(Argument<T> argument) => parsed.GetValue(argument);

    /// <summary>The folder of profiles.</summary>
    public string ProfilesFolder =>
        parsed.GetValue(options.Profiles) is { } folder
            ? Environment.Resolve(folder)
            : ProductFiles.ProfilesFolder(Environment.WorkingFolder);

    /// <summary>The network file as the user named it, for messages.</summary>
    public string NetworkPath =>
        parsed.GetValue(options.Network)
        ?? Path.GetRelativePath(
            Environment.WorkingFolder,
            Path.Combine(ProfilesFolder, ProductFiles.ExampleNetwork)
        );
}
