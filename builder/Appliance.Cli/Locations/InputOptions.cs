using System.CommandLine;

namespace Appliance.Cli.Locations;

/// <summary>Where everything that an image is made of comes from.</summary>
internal sealed class InputOptions
{
    public SetOptions Sets { get; } = new();

    public PackageOptions Packages { get; } = new();

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        Sets.AddTo(command);
        Packages.AddTo(command);
    }
}
