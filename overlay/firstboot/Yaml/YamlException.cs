using System.Globalization;

namespace Appliance.FirstBoot.Yaml;

/// <summary>The text is not of the part of YAML that is read here. The message quotes none of it: it may hold secrets.</summary>
internal sealed class YamlException : Exception
{
    public YamlException() { }

    public YamlException(string message)
        : base(message) { }

    public YamlException(string message, Exception innerException)
        : base(message, innerException) { }

    public static YamlException At(int line, string problem) =>
        new(string.Create(CultureInfo.InvariantCulture, $"line {line}: {problem}"));
}
