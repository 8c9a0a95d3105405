namespace Appliance.Rendering.Files;

/// <summary>
/// The second gate after the document's validation: no control character reaches a file, whatever path
/// it took.
/// </summary>
internal static class RenderedText
{
    /// <exception cref="RenderingException">A character that no configuration file may hold.</exception>
    public static string Checked(string path, string text)
    {
        var line = 1;
        foreach (var character in text)
        {
            if (character == '\n')
            {
                line++;
            }
            else if (char.IsControl(character) && character != '\t')
            {
                throw new RenderingException(
                    $"{path}:{line}",
                    "a control character stands in the line"
                );
            }
        }

        return text.EndsWith('\n')
            ? text
            : throw new RenderingException(path, "the file does not end with a newline");
    }
}
