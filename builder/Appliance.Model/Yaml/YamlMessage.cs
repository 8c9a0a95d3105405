using System.Text.RegularExpressions;
using YamlDotNet.Core;

namespace Appliance.Model.Yaml;

/// <summary>The parser's messages as ours: lower case, no position (the finding has it), nothing quoted from the text.</summary>
internal static partial class YamlMessage
{
    public static string Of(YamlException exception)
    {
        var text = Quotation().Replace(exception.Message, "'…'").Trim().TrimEnd('.');
        return text.Length == 0
            ? "this is not YAML"
            : $"this is not YAML: {char.ToLowerInvariant(text[0])}{text[1..]}";
    }

    // A quoted character or two is part of the grammar ('-', ':'); anything longer may come from the file.
    [GeneratedRegex(@"'[^']{3,}'|""[^""]{3,}""")]
    private static partial Regex Quotation();
}
