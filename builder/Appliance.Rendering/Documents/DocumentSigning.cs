namespace Appliance.Rendering.Documents;

/// <summary>How site documents are signed: <c>ssh-keygen -Y sign -n appliance-site -f KEY site.json</c>.</summary>
public static class DocumentSigning
{
    /// <summary>The highest serial number: what every JSON reader keeps exact (RFC 8259, section 6).</summary>
    public const long HighestSerial = (1L << 53) - 1;

    /// <summary>Where an image has the keys; without this file it takes any document.</summary>
    public const string SignersPath = "/usr/local/etc/appliance/allowed_signers";

    /// <summary>What a signature is for: one that was made for something else is none.</summary>
    public const string Namespace = "appliance-site";

    /// <summary>Whose the keys are, in the words of ssh-keygen(1).</summary>
    public const string Principal = "appliance";
}
