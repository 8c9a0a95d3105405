using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Appliance.Rendering.Templates;

/// <summary>
/// Fills templates with finished view models. Templates have no functions, and a name that the view does
/// not have is an error: a misspelt one must not become an empty line in a packet filter.
/// </summary>
internal static class TemplateEngine
{
    /// <summary>Renders an embedded template.</summary>
    /// <param name="templateName">File name in overlay/templates, "rc.conf.sbn".</param>
    /// <exception cref="RenderingException">The template is broken or asks for what the view lacks.</exception>
    public static string Render<TView>(
        string templateName,
        TView view,
        JsonTypeInfo<TView> typeInfo
    ) => RenderText(templateName, ReadTemplate(templateName), view, typeInfo);

    /// <summary>Renders template text; <paramref name="templateName"/> is for messages.</summary>
    public static string RenderText<TView>(
        string templateName,
        string text,
        TView view,
        JsonTypeInfo<TView> typeInfo
    )
    {
        var template = Template.Parse(text, templateName);
        if (template.HasErrors)
        {
            throw new RenderingException(templateName, template.Messages.ToString());
        }

        var context = StrictContext();
        context.PushGlobal(
            ScriptValues.FromObject(JsonSerializer.SerializeToElement(view, typeInfo))
        );
        try
        {
            return template.Render(context);
        }
        catch (ScriptRuntimeException exception)
        {
            throw new RenderingException(templateName, exception.Message);
        }
    }

    private static TemplateContext StrictContext() =>
        new(new ScriptObject())
        {
            StrictVariables = true,
            EnableRelaxedTargetAccess = false,
            EnableRelaxedMemberAccess = false,
            EnableRelaxedIndexerAccess = false,
            EnableRelaxedFunctionAccess = false,
            // A view's own lists bound the loops.
            LoopLimit = 0,
            LimitToString = 0,
            NewLine = "\n",
        };

    private static string ReadTemplate(string name)
    {
        using var stream =
            typeof(TemplateEngine).Assembly.GetManifestResourceStream(name)
            ?? throw new RenderingException(name, "no such template is embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
