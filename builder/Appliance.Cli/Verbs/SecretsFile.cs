using System.Globalization;
using System.Text;
using Appliance.Cli.Locations;
using Appliance.Rendering;

namespace Appliance.Cli.Verbs;

/// <summary>A file of lines NAME=VALUE. Messages have names and line numbers, never values.</summary>
internal sealed class SecretsFile
{
    /// <summary>Bytes; a file of secrets has a few lines.</summary>
    private const int Largest = 1 << 20;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly List<SecretLine> lines = [];
    private readonly List<string> notes = [];

    private SecretsFile(string path) => Path = path;

    /// <summary>As the user named it.</summary>
    public string Path { get; }

    /// <summary>In the order of the file; each name once.</summary>
    public IReadOnlyList<SecretLine> Lines => lines;

    /// <summary>What was read in another way than it looks.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <exception cref="MissingInputException">The file is not there, or has a line of another form.</exception>
    /// <exception cref="RenderingException">It is no UTF-8, or has a name twice.</exception>
    public static SecretsFile Read(VerbContext context, string path)
    {
        var full = context.Environment.Resolve(path);
        if (!File.Exists(full))
        {
            throw new MissingInputException($"the file of secrets {path} is not there");
        }

        var file = new SecretsFile(path);
        file.CheckMode(full);
        file.Parse(file.Text(Content(full, path)));
        return file;
    }

    private static byte[] Content(string full, string path)
    {
        using var stream = File.OpenRead(full);
        using var content = new MemoryStream();
        var buffer = new byte[4096];
        for (int read; (read = stream.Read(buffer)) > 0; )
        {
            content.Write(buffer, 0, read);
            if (content.Length > Largest)
            {
                throw new RenderingException(
                    path,
                    "it is larger than 1 MiB: this is no file of secrets"
                );
            }
        }

        return content.ToArray();
    }

    private void CheckMode(string full)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode Others =
            UnixFileMode.GroupRead
            | UnixFileMode.GroupWrite
            | UnixFileMode.OtherRead
            | UnixFileMode.OtherWrite;
        var mode = File.GetUnixFileMode(full);
        if ((mode & Others) != 0)
        {
            var octal = Convert.ToString((int)mode, 8).PadLeft(4, '0');
            notes.Add($"{Path} is open to other users (mode {octal}): chmod 600 {Path}");
        }
    }

    private string Text(byte[] content)
    {
        if (content is [0xff, 0xfe, ..] or [0xfe, 0xff, ..])
        {
            throw new RenderingException(Path, "it is UTF-16: save it as UTF-8");
        }

        if (content is [0xef, 0xbb, 0xbf, ..])
        {
            notes.Add($"{Path} begins with a byte order mark, which is skipped");
            content = content[3..];
        }

        try
        {
            return Utf8.GetString(content);
        }
        catch (DecoderFallbackException exception)
        {
            throw new RenderingException($"{Path}: it is not UTF-8", exception);
        }
    }

    private void Parse(string text)
    {
        if (text.Contains("\r\n", StringComparison.Ordinal))
        {
            notes.Add(
                $"{Path} has the line ends of Windows (CRLF), which are no part of the values"
            );
            text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        }

        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (line.Trim().Length > 0 && line[0] != '#')
            {
                Add(ReadLine(line, number));
            }
        }
    }

    private SecretLine ReadLine(string line, int number)
    {
        var equals = line.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? "" : line[..equals].Trim();
        if (
            name.Length == 0
            || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_.".Contains(letter))
        )
        {
            // The line may be a secret: only its number is shown.
            throw new MissingInputException($"{Path}:{number}: a line NAME=VALUE is expected");
        }

        var value = line[(equals + 1)..];
        if (value.Trim() != value)
        {
            notes.Add($"{Path}:{number}: blanks around the value are no part of it");
        }

        value = value.Trim();
        if (value is ['"', .., '"'] or ['\'', .., '\''])
        {
            notes.Add($"{Path}:{number}: the quotes around the value are part of it");
        }

        return new SecretLine(name, value, number);
    }

    private void Add(SecretLine line)
    {
        if (lines.Find(other => other.Name == line.Name) is { } other)
        {
            throw new RenderingException(
                string.Create(CultureInfo.InvariantCulture, $"{Path}:{line.Number}"),
                $"the secret '{line.Name}' is in line {other.Number} already: leave one"
            );
        }

        lines.Add(line);
    }
}

/// <summary>One line.</summary>
/// <param name="Name">Of the secret.</param>
/// <param name="Value">Never printed.</param>
/// <param name="Number">From 1.</param>
internal sealed record SecretLine(string Name, string Value, int Number)
{
    /// <summary>No values.</summary>
    public override string ToString() => nameof(SecretLine);
}
