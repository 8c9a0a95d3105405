using System.CommandLine;
using Appliance.Cli.Locations;
using Appliance.Cli.Terminal;

namespace Appliance.Cli.Verbs;

/// <summary>What one run of a verb works with.</summary>
public sealed class VerbContext(
    ParseResult parsed,
    CommonOptions options,
    Output output,
    ExampleUse example
)
{
    private const string OwnNetwork = "network.yaml";
    private const int LargestInput = 2 << 20;

    private string? network;
    private byte[]? input;

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

    /// <summary>The network file as the user named it; "-" is standard input.</summary>
    /// <exception cref="MissingInputException">None is named, and none is where it is looked for.</exception>
    /// <exception cref="UsageException">The name is empty.</exception>
    public string NetworkPath => network ??= ChooseNetwork();

    /// <summary>From here on no example will do: what follows is written.</summary>
    public void RequireNamedNetwork() => example = ExampleUse.Refused;

    /// <summary>The network file for messages.</summary>
    public string NetworkName => NameOf(NetworkPath);

    /// <summary>A network file for messages.</summary>
    public static string NameOf(string path) => path == "-" ? "standard input" : path;

    /// <summary>All of standard input, which is read once, up to more than any network file may have.</summary>
    public byte[] StandardInput => input ??= ReadInput();

    private byte[] ReadInput()
    {
        using var stream = Environment.OpenInput();
        var buffer = new byte[LargestInput];
        return buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
    }

    private string ChooseNetwork()
    {
        if (parsed.GetValue(options.Network) is { } named)
        {
            return named.Length > 0
                ? named
                : throw new UsageException("--network is empty; it names the network file");
        }

        if (File.Exists(Environment.Resolve(OwnNetwork)))
        {
            return OwnNetwork;
        }

        var shipped = ProductFiles.ExampleOfCheckout(Environment.WorkingFolder);
        var shown = shipped is null
            ? null
            : Path.GetRelativePath(Environment.WorkingFolder, shipped);
        if (shown is not null && example == ExampleUse.SaidAloud)
        {
            output.Warn(
                $"note: no network file is named and there is no ./{OwnNetwork}: this is the example, {shown}"
            );
            return shown;
        }

        throw new MissingInputException(
            $"no network file is named, and there is no {OwnNetwork} in {Environment.WorkingFolder}: "
                + "name one with --network FILE"
                + (shown is null ? "" : $"; the example is --network {shown}")
        );
    }
}
