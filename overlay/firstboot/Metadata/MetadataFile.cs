using Appliance.FirstBoot.Yaml;

namespace Appliance.FirstBoot.Metadata;

/// <summary>One file of a source. Each stands alone: what is wrong with one takes nothing from the others.</summary>
internal static class MetadataFile
{
    /// <param name="name">As messages name it.</param>
    /// <param name="content">Null or blank: there is none.</param>
    /// <param name="read">Its reader.</param>
    /// <returns>Facts; where the file cannot be read, that problem alone.</returns>
    public static Facts Read(string name, byte[]? content, Func<byte[], Facts> read) =>
        content is null || content.AsSpan().Trim(" \t\r\n"u8).IsEmpty
            ? new Facts()
            : Read(name, () => read(content));

    /// <param name="name">As messages name it.</param>
    /// <param name="read">Its reader.</param>
    public static Facts Read(string name, Func<Facts> read)
    {
        try
        {
            var facts = read();
            return facts with { Problems = [.. facts.Problems.Select(text => $"{name}: {text}")] };
        }
        catch (YamlException exception)
        {
            return new Facts { Problems = [$"{name}: {exception.Message}"] };
        }
    }
}
