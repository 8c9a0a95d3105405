using System.CommandLine;

namespace Appliance.Cli;

/// <summary>Options that every verb understands.</summary>
public sealed class CommonOptions
{
    /// <summary>The network file, "-" for standard input; ./network.yaml when absent.</summary>
    public Option<string?> Network { get; } =
        new("--network", "-n")
        {
            Description = "The network file, - for standard input (default: ./network.yaml)",
            HelpName = "FILE",
            Recursive = true,
        };

    /// <summary>Where profiles are looked up.</summary>
    public Option<string?> Profiles { get; } =
        new("--profiles")
        {
            Description = "The folder of profiles and their locks (default: the nearest profiles/)",
            HelpName = "DIR",
            Recursive = true,
        };

    public Option<bool> Json { get; } =
        new("--json") { Description = "Write results as JSON", Recursive = true };

    public Option<bool> Quiet { get; } =
        new("--quiet", "-q") { Description = "No progress and no notes", Recursive = true };

    public IReadOnlyList<Option> All => [Network, Profiles, Json, Quiet];
}
