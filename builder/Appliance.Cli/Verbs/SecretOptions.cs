using System.CommandLine;
using Appliance.Cli.Locations;
using Appliance.Model.Networks;
using Appliance.Model.Yaml;
using Appliance.Rendering;
using Appliance.Rendering.Documents;

namespace Appliance.Cli.Verbs;

/// <summary>
/// Where the values of secrets come from: a file of lines NAME=VALUE, and the environment (APPLIANCE_SECRET_IFOG_MD5
/// for ifog-md5), which comes first. A secret that is an ssh key is named by the file it lies in. Never the command line: that is there for all to see.
/// </summary>
internal sealed class SecretOptions
{
    private const string Prefix = "APPLIANCE_SECRET_";

    private readonly Option<string?> file = new("--secrets")
    {
        Description =
            "A file of lines NAME=VALUE; APPLIANCE_SECRET_NAME in the environment comes first",
        HelpName = "FILE",
    };

    public void AddTo(Command command) => command.Options.Add(file);

    /// <summary>The values of those secrets that the document uses. What is unused, misspelt or read in another way is reported.</summary>
    /// <param name="context">The verb.</param>
    /// <param name="document">Of the site.</param>
    /// <param name="network">Whose other sites may use the other names.</param>
    /// <exception cref="MissingInputException">The file is not there, or has a line of another form.</exception>
    /// <exception cref="RenderingException">A value cannot be used, and why.</exception>
    public IReadOnlyDictionary<string, string> Read(
        VerbContext context,
        SiteDocument document,
        Network network
    )
    {
        var secrets = context.Get(file) is { } path ? SecretsFile.Read(context, path) : null;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var problems = new List<string>();
        foreach (var name in DocumentSecrets.Names(document))
        {
            var (value, place) = Find(context, secrets, name);
            if (string.IsNullOrEmpty(value))
            {
                continue;
            }

            value = DocumentSecrets.KeyNames(document).Contains(name)
                ? ReadKey(context, name, value)
                : value;
            values[name] = value;
            if (DocumentSecrets.Problem(document, name, value) is { } problem)
            {
                problems.Add($"the secret '{name}' ({place}) cannot be used: {problem}");
            }
        }

        Report(context, secrets, document, network);
        return problems.Count == 0
            ? values
            : throw new RenderingException("secrets", string.Join("; ", problems));
    }

    /// <summary>The environment comes first.</summary>
    private static (string? Value, string Place) Find(
        VerbContext context,
        SecretsFile? secrets,
        string name
    )
    {
        var variable = Variable(name);
        if (context.Environment.Variable(variable) is { Length: > 0 } value)
        {
            return (value, variable);
        }

        var line = secrets?.Lines.FirstOrDefault(line => line.Name == name);
        return (line?.Value, $"{secrets?.Path}:{line?.Number}");
    }

    private static string Variable(string name) =>
        Prefix + name.ToUpperInvariant().Replace('-', '_').Replace('.', '_');

    private static void Report(
        VerbContext context,
        SecretsFile? secrets,
        SiteDocument document,
        Network network
    )
    {
        var here = DocumentSecrets.Names(document);
        var everywhere = NamesOf(network).Union(here).ToList();
        foreach (var note in secrets?.Notes ?? [])
        {
            context.Output.Warn($"warning: {note}");
        }

        foreach (var line in secrets?.Lines ?? [])
        {
            var place = $"warning: {secrets!.Path}:{line.Number}:";
            if (line.Value.Trim('=').Length == 0)
            {
                // "c2VjcmV0=" looks like a name without a value.
                context.Output.Warn($"{place} there is no value behind the '='");
            }
            else if (!everywhere.Contains(line.Name))
            {
                context.Output.Warn(
                    $"{place} no site uses a secret '{line.Name}'{Hint(line.Name, everywhere)}"
                );
            }
        }

        foreach (var name in Unused(context, everywhere))
        {
            context.Output.Warn(
                $"warning: {name} is in the environment, and no site uses such a secret"
            );
        }
    }

    private static string Hint(string name, List<string> known) =>
        known.Count == 0 ? "" : $"; {Spelling.Hint(name, known)}";

    private static IEnumerable<string> Unused(VerbContext context, IEnumerable<string> known)
    {
        var variables = known.Select(Variable).ToHashSet(StringComparer.Ordinal);
        return context
            .Environment.VariableNames()
            .Where(name =>
                name.StartsWith(Prefix, StringComparison.Ordinal) && !variables.Contains(name)
            )
            .Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> NamesOf(Network network) =>
        network
            .Sites.SelectMany(site => site.Upstreams)
            .Select(upstream => upstream.PasswordSecret?.Value.Text)
            .Concat(network.RpkiCaches.Select(cache => cache.Ssh?.KeySecret.Value.Text))
            .OfType<string>();

    /// <summary>The text of a key, which is there or in a file.</summary>
    private static string ReadKey(VerbContext context, string name, string value)
    {
        if (value.StartsWith("-----BEGIN", StringComparison.Ordinal))
        {
            return value;
        }

        var path = context.Environment.Resolve(value);
        return File.Exists(path)
            ? File.ReadAllText(path).ReplaceLineEndings("\n")
            : throw new MissingInputException(
                $"the secret '{name}' is an ssh key: give the path of its file, which is there"
            );
    }
}
