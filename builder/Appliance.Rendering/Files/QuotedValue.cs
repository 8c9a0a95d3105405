using Appliance.Rendering.Validation;

namespace Appliance.Rendering.Files;

/// <summary>
/// Values between double quotes, as rc.conf(5) and loader.conf(5) both read them. There is no escaping:
/// sh(1) and the loader escape differently, so a value that would need it is refused.
/// </summary>
internal static class QuotedValue
{
    /// <exception cref="RenderingException">The value could end its quotes or be expanded.</exception>
    public static string Of(string name, string value) =>
        Grammar.IsInert(value)
            ? $"\"{value}\""
            : throw new RenderingException(
                name,
                "the value cannot be quoted: it holds a quote, '$', '`', '\\', '#' or a control character"
            );
}
