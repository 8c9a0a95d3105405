using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Appliance.Cli;

/// <summary>
/// Help: of the whole program one screen of 80 by 24, one line a verb; of a verb what it does, its options and its
/// examples.
/// </summary>
internal sealed class VerbHelp : SynchronousCommandLineAction
{
    private const int NameWidth = 10;

    private readonly HelpAction usual;
    private readonly Dictionary<Command, string> details = [];

    private VerbHelp(HelpAction usual)
    {
        this.usual = usual;
    }

    /// <summary>
    /// Gives a program this help. Of each description the first paragraph stays; what follows it is shown by the verb's own
    /// help, behind its options.
    /// </summary>
    public static void Install(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        var help = new VerbHelp((HelpAction)option.Action!);
        foreach (var command in root.Subcommands)
        {
            help.Shorten(command);
        }

        option.Action = help;
    }

    /// <summary>Help is given whatever else is wrong with the command line.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        ArgumentNullException.ThrowIfNull(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var command = parseResult.CommandResult.Command;
        if (command is RootCommand root)
        {
            output.Write(Overview(root));
            return 0;
        }

        var code = usual.Invoke(parseResult);
        if (details.TryGetValue(command, out var rest))
        {
            output.WriteLine(rest);
        }

        return code;
    }

    /// <summary>The whole program on one screen.</summary>
    internal static string Overview(RootCommand root)
    {
        var verbs = root.Subcommands.Select(verb =>
            $"  {verb.Name.PadRight(NameWidth)}{verb.Description}\n"
        );
        return $"""
            {root.Description}
            Usage: appliance VERB [options]; appliance VERB --help has options and examples

            {string.Concat(verbs)}
            Every verb: -n, --network FILE (- is standard input; else ./network.yaml)
              --profiles DIR, --json, -q, --quiet, -h, --help; and --version

            """.ReplaceLineEndings("\n");
    }

    private void Shorten(Command command)
    {
        foreach (var inner in command.Subcommands)
        {
            Shorten(inner);
        }

        var text = (command.Description ?? "").ReplaceLineEndings("\n");
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end >= 0)
        {
            command.Description = text[..end];
            details[command] = text[(end + 2)..];
        }
    }
}
