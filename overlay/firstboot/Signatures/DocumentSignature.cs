using System.Text;
using Appliance.FirstBoot.Machine;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Signatures;

/// <summary>
/// Signatures of site documents that come from outside the image. An image with the owner's public key (ed25519,
/// in the form of allowed_signers of ssh-keygen(1)) takes no document that this key has not signed:
/// <c>ssh-keygen -Y sign -n appliance-site -f KEY site.json</c>. An image without one takes any.
/// </summary>
internal sealed class DocumentSignature(IMachine machine)
{
    private const string Folder = "/var/run/appliance";
    private const string DocumentPath = Folder + "/document";
    private const string SignaturePath = Folder + "/document.sig";
    private const int PrivateMode = 0b110_000_000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>The image has signing keys.</summary>
    public bool IsNeeded => machine.Read(DocumentSigning.SignersPath) is not null;

    /// <exception cref="FirstBootException">A signature is needed, and there is none or a wrong one.</exception>
    public void Demand(byte[] document, string? signature)
    {
        if (!IsNeeded)
        {
            return;
        }

        if (signature is null)
        {
            throw new FirstBootException(
                "the site document of the metadata is not signed, and this image takes signed ones only"
            );
        }

        var result = Verify(document, signature);
        if (!result.Succeeded)
        {
            throw new FirstBootException(
                $"the signature of the site document is not its owner's, or the document was altered: {result.Complaint}"
            );
        }
    }

    /// <summary>Whether one of the image's signers has signed the document.</summary>
    public bool Holds(SignedDocument document) =>
        IsNeeded && Verify(document.Content, document.Signature).Succeeded;

    private ProgramResult Verify(byte[] document, string signature)
    {
        machine.CreateFolder(Folder);
        machine.Write(DocumentPath, document, FileOwner.Root, PrivateMode);
        machine.Write(
            SignaturePath,
            Encoding.UTF8.GetBytes(signature),
            FileOwner.Root,
            PrivateMode
        );
        var result = machine.Run(
            "/usr/bin/ssh-keygen",
            [
                "-Y",
                "verify",
                "-f",
                DocumentSigning.SignersPath,
                "-I",
                DocumentSigning.Principal,
                "-n",
                DocumentSigning.Namespace,
                "-s",
                SignaturePath,
            ],
            Limit,
            DocumentPath
        );
        machine.Delete(DocumentPath);
        machine.Delete(SignaturePath);
        return result;
    }
}
