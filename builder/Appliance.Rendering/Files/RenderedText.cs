using Appliance.Rendering.Templates;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files;

/// <summary>
/// The second gate after the document's validation: no control character reaches a file, whatever path
/// it took.
/// </summary>
internal static class RenderedText
{
    /// <summary>The text of a file that says the same wherever it stands, but whose it is.</summary>
    /// <param name="template">File name in overlay/templates; it may ask for "site" alone.</param>
    /// <exception cref="RenderingException">The template is broken, or the text may not be in a file.</exception>
    public static string OfSite(string path, string template, Site site) =>
        Checked(
            path,
            TemplateEngine.Render(
                template,
                new SiteView(site.Document.Site),
                ViewJsonContext.Default.SiteView
            )
        );

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
