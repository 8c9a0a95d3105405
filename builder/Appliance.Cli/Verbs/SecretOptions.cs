using System.CommandLine;
using Appliance.Cli.Locations;
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

    /// <summary>The values of those secrets that the document uses.</summary>
    /// <exception cref="MissingInputException">The file is not there, or has a line of another form.</exception>
    public IReadOnlyDictionary<string, string> Read(VerbContext context, SiteDocument document)
    {
        var lines = context.Get(file) is { } path ? ReadFile(context, path) : [];
        var keys = DocumentSecrets.KeyNames(document);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in DocumentSecrets.Names(document))
        {
            var variable = Prefix + name.ToUpperInvariant().Replace('-', '_').Replace('.', '_');
            var value = context.Environment.Variable(variable);
            if (string.IsNullOrEmpty(value))
            {
                value = lines.GetValueOrDefault(name);
            }

            if (!string.IsNullOrEmpty(value))
            {
                values[name] = keys.Contains(name) ? ReadKey(context, name, value) : value;
            }
        }

        return values;
    }

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

    private static Dictionary<string, string> ReadFile(VerbContext context, string path)
    {
        var full = context.Environment.Resolve(path);
        if (!File.Exists(full))
        {
            throw new MissingInputException($"the file of secrets {path} is not there");
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in File.ReadLines(full))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                // The line may be a secret: only its number is told.
                throw new MissingInputException($"{path}:{number}: a line NAME=VALUE is expected");
            }

            values[line[..equals].Trim()] = line[(equals + 1)..].Trim();
        }

        return values;
    }
}
