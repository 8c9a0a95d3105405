using System.Text.Json;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Signatures;

/// <summary>A document exactly as it was signed, and what ssh-keygen -Y sign wrote about it.</summary>
internal sealed record SignedDocument(byte[] Content, string Signature)
{
    /// <summary>Where the last one that was accepted lies: its serial number never goes back.</summary>
    public const string DocumentPath = "/var/db/appliance/accepted.json";

    public const string SignaturePath = DocumentPath + ".sig";

    /// <summary>Null when the text is no site document.</summary>
    public static SiteDocument? TryRead(byte[] content)
    {
        try
        {
            return SiteDocumentJson.Read(content);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
