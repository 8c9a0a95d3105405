using System.CommandLine;
using Appliance.Cli.Locations;

namespace Appliance.Cli.Verbs;

/// <summary>Options of the verbs that work on an image: where sets, packages and the first-boot service come from.</summary>
internal sealed class ImageOptions
{
    private readonly Option<string?> firstBoot = new("--firstboot")
    {
        Description =
            "The first-boot service for the target (default: the one built with this program)",
        HelpName = "FILE",
    };

    public InputOptions Inputs { get; } = new();

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        Inputs.AddTo(command);
        command.Options.Add(firstBoot);
    }

    public string FirstBootExecutable(VerbContext context) =>
        context.Get(firstBoot) is { } path
            ? context.Environment.Resolve(path)
            : ProductFiles.FirstBootExecutable;
}
