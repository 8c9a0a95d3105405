using System.Globalization;
using System.Net;

namespace Appliance.FirstBoot.Commands;

/// <summary>What the command line says.</summary>
/// <param name="Verb">One of those in <see cref="Usage"/>.</param>
/// <param name="Root">Folder that stands for "/", for tests.</param>
/// <param name="Patience">How long <c>verify</c> waits for what comes up late.</param>
internal sealed record Options(string Verb, string Root, TimeSpan Patience)
{
    /// <summary>Results as JSON.</summary>
    public bool Json { get; private init; }

    /// <summary>A preflight that passes lets go what was held back.</summary>
    public bool Lift { get; private init; }

    /// <summary>Stands for every provider's metadata service, for tests.</summary>
    public IPEndPoint? Metadata { get; private init; }

    public const string Usage =
        "usage: appliance-firstboot status|verify|preflight|rerun|verdict|personalise|minimal "
        + "[--json] [--lift] [--patience SECONDS] [--root FOLDER]";

    private static readonly string[] Verbs =
    [
        "status",
        "verify",
        "preflight",
        "rerun",
        "verdict",
        "personalise",
        "minimal",
    ];

    /// <summary>Null when the arguments make no sense.</summary>
    public static Options? Parse(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0 || !Verbs.Contains(arguments[0]))
        {
            return null;
        }

        var options = new Options(arguments[0], "", TimeSpan.FromSeconds(60));
        for (var index = 1; index < arguments.Count; index++)
        {
            if (arguments[index] is "--json" or "--lift")
            {
                options =
                    arguments[index] == "--json"
                        ? options with
                        {
                            Json = true,
                        }
                        : options with
                        {
                            Lift = true,
                        };
                continue;
            }

            if (++index == arguments.Count)
            {
                return null;
            }

            var value = arguments[index];
            var seconds = 0;
            switch (arguments[index - 1])
            {
                case "--root":
                    options = options with { Root = value };
                    break;
                case "--metadata" when IPEndPoint.TryParse(value, out var server):
                    options = options with { Metadata = server };
                    break;
                case "--patience"
                    when int.TryParse(
                        value,
                        NumberStyles.None,
                        CultureInfo.InvariantCulture,
                        out seconds
                    ):
                    options = options with { Patience = TimeSpan.FromSeconds(seconds) };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
