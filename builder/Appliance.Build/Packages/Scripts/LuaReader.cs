using System.Text.RegularExpressions;

namespace Appliance.Build.Packages.Scripts;

/// <summary>
/// Recognises the Lua scripts that keywords of the ports tree make. The one that matters is @sample: a configuration file
/// made of its sample.
/// </summary>
internal static partial class LuaReader
{
    private const string SampleEnding = ".sample";

    /// <summary>In both forms, one argument is the sample, and a second one the target.</summary>
    private static readonly HashSet<string> KnownSamples =
    [
        Squeeze(
            """
            args = {}
            for arg in string.gmatch("ARGUMENTS", "%S+") do
            table.insert(args, arg)
            end
            sample_file = pkg.prefixed_path(args[1])
            if #args == 2 then
            target_file = pkg.prefixed_path(args[2])
            else
            target_file = string.gsub(sample_file, '%.sample$', "")
            end
            if not pkg.stat(target_file) then
            pkg.copy(sample_file, target_file)
            end
            """
        ),
        Squeeze(
            """
            sample_file = pkg.prefixed_path(arg[1])
            if arg[2] == nil then
            target_file = string.gsub(sample_file,'%.sample$', "")
            else
            target_file = pkg.prefixed_path(arg[2])
            end
            if not pkg.stat(target_file) then
            pkg.copy(sample_file, target_file)
            end
            """
        ),
    ];

    /// <summary>Reads a script of a package with this prefix.</summary>
    public static ScriptReading Read(string script, string prefix)
    {
        var arguments = Arguments(script);
        var text = Squeeze(Comment().Replace(script, ""))
            .Replace(
                $"gmatch(\"{string.Join(' ', arguments)}\",",
                "gmatch(\"ARGUMENTS\",",
                StringComparison.Ordinal
            );
        if (arguments.Length is 1 or 2 && KnownSamples.Contains(text))
        {
            var sample = Prefixed(arguments[0], prefix);
            return new ScriptReading(
                [new ScriptEffect.CopySample(sample, TargetOf(arguments, prefix))],
                []
            );
        }

        var first = script
            .Split('\n')
            .FirstOrDefault(line => line.Trim() is not "" and not ['-', '-', ..]);
        return new ScriptReading([], [first?.Trim() ?? "(empty)"]);
    }

    private static string TargetOf(string[] arguments, string prefix)
    {
        var sample = Prefixed(arguments[0], prefix);
        return arguments.Length == 2 ? Prefixed(arguments[1], prefix)
            : sample.EndsWith(SampleEnding, StringComparison.Ordinal)
                ? sample[..^SampleEnding.Length]
            : sample;
    }

    /// <summary>The arguments that pkg writes into the first line of a script.</summary>
    public static string[] Arguments(string script) =>
        FirstLine().Match(script) is { Success: true } match
            ? match.Groups["list"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            : [];

    private static string Prefixed(string path, string prefix) =>
        path.StartsWith('/') ? path : $"{prefix.TrimEnd('/')}/{path}";

    private static string Squeeze(string text) => Blanks().Replace(text, " ").Trim();

    /// <summary>The line that pkg puts before a script of a keyword with arguments.</summary>
    [GeneratedRegex(@"\A\s*-- args: (?<list>[A-Za-z0-9_./+@: -]+)\n")]
    private static partial Regex FirstLine();

    [GeneratedRegex("^[ \t]*--[^\n]*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
