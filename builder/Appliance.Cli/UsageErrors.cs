using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Appliance.Model.Yaml;

namespace Appliance.Cli;

/// <summary>
/// What is wrong with a command line, in the user's words: System.CommandLine names types of C#, and says of a misspelt
/// verb that none was given.
/// </summary>
internal static partial class UsageErrors
{
    private const string NoVerb = "Required command was not provided.";

    /// <summary>One message for each mistake.</summary>
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        var messages = parsed.Errors.Select(error => error.Message).Distinct().ToList();
        return
        [
            .. messages
                .Where(message => messages.Count == 1 || message != NoVerb)
                .Select(message => Reworded(message, parsed))
                .Distinct(),
        ];
    }

    /// <summary>The help of the command that was called, with the commands above it.</summary>
    public static string HelpCommand(ParseResult parsed) =>
        $"{PathOf(parsed.CommandResult)} --help";

    private static string PathOf(CommandResult command) =>
        command.Command is RootCommand ? "appliance"
        : command.Parent is CommandResult parent ? $"{PathOf(parent)} {command.Command.Name}"
        : $"appliance {command.Command.Name}";

    private static string Reworded(string message, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (message == NoVerb)
        {
            return $"a verb is missing; it is one of {Names(command.Subcommands)}";
        }

        if (Unrecognized().Match(message) is { Success: true } unknown)
        {
            return Unknown(unknown.Groups[1].Value, command, parsed);
        }

        if (WrongType().Match(message) is { Success: true } wrong)
        {
            return $"{wrong.Groups[2].Value} '{wrong.Groups[1].Value}' is not {Kind(wrong.Groups[3].Value)}";
        }

        if (NotAmong().Match(message) is { Success: true } other)
        {
            var words = Word().Matches(other.Groups[2].Value).Select(word => word.Groups[1].Value);
            return $"'{other.Groups[1].Value}' is none of {string.Join(", ", words)}";
        }

        if (MissingArgument().Match(message) is { Success: true } missing)
        {
            return $"{missing.Groups[1].Value} is missing: {PathOf(parsed.CommandResult)} {Arguments(command)}";
        }

        return MissingValue().Match(message) is { Success: true } without
            ? $"{without.Groups[1].Value} needs a value"
            : message;
    }

    private static string Unknown(string word, Command command, ParseResult parsed)
    {
        if (word.StartsWith('-'))
        {
            var options = Options(parsed).Distinct().ToList();
            return $"there is no option {word}{Meant(word, options)}";
        }

        if (command.Subcommands.Count == 0)
        {
            return $"'{word}' is one argument too many: {PathOf(parsed.CommandResult)} {Arguments(command)}";
        }

        var meant = Meant(word, command.Subcommands.Select(verb => verb.Name));
        return $"there is no verb '{word}'{(meant.Length > 0 ? meant : $"; there is {Names(command.Subcommands)}")}";
    }

    private static IEnumerable<string> Options(ParseResult parsed)
    {
        for (
            SymbolResult? at = parsed.CommandResult;
            at is CommandResult { Command: var command };
            at = at.Parent
        )
        {
            foreach (var option in command.Options)
            {
                yield return option.Name;
            }
        }
    }

    private static string Meant(string word, IEnumerable<string> known) =>
        Spelling.Nearest(word, known) is { } nearest ? $"; did you mean {nearest}?" : "";

    private static string Names(IEnumerable<Command> commands) =>
        string.Join(", ", commands.Select(command => command.Name));

    private static string Arguments(Command command) =>
        string.Join(' ', command.Arguments.Select(argument => argument.Name).Append("[options]"));

    private static string Kind(string type) =>
        type.Contains("Int", StringComparison.Ordinal) ? "a whole number"
        : type.Contains("Boolean", StringComparison.Ordinal) ? "true or false"
        : "a value that it takes";

    [GeneratedRegex("^Unrecognized command or argument '(.*)'\\.", RegexOptions.Singleline)]
    private static partial Regex Unrecognized();

    [GeneratedRegex(
        "^Cannot parse argument '(.*)' for (?:option|command|argument) '(.*)' as expected type '(.*)'"
    )]
    private static partial Regex WrongType();

    [GeneratedRegex(
        "^Argument '(.*)' not recognized\\. Must be one of:(.*)",
        RegexOptions.Singleline
    )]
    private static partial Regex NotAmong();

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Word();

    [GeneratedRegex("^Required argument '(.*)' missing for command")]
    private static partial Regex MissingArgument();

    [GeneratedRegex("^Required argument missing for option: '(.*)'")]
    private static partial Regex MissingValue();
}
