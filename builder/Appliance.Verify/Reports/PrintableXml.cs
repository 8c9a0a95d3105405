using System.Xml;
using System.Xml.Linq;
using Appliance.Rendering.Text;

namespace Appliance.Verify.Reports;

/// <summary>Reports as XML, which cannot hold control characters (XML 1.0, section 2.2): foreign text is escaped.</summary>
public static class PrintableXml
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Indent = true,
        NewLineChars = "\n",
        Encoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
    };

    /// <summary>The document in UTF-8, indented.</summary>
    public static byte[] Write(XDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        foreach (var element in document.Descendants())
        {
            foreach (var attribute in element.Attributes())
            {
                attribute.Value = PrintableText.Lines(attribute.Value);
            }

            foreach (var text in element.Nodes().OfType<XText>())
            {
                text.Value = PrintableText.Lines(text.Value);
            }
        }

        using var memory = new MemoryStream();
        using (var writer = XmlWriter.Create(memory, Settings))
        {
            document.Save(writer);
        }

        return memory.ToArray();
    }
}
