using Appliance.Rendering.Documents;

namespace Appliance.Rendering.Files.Access;

/// <summary>
/// Who signs site documents, in the form of ssh-keygen(1). In the image from the beginning: the first document
/// from outside is measured by it.
/// </summary>
internal sealed class AllowedSignersFile : IConfigurationFile
{
    public bool IsWanted(Site site) => site.Document.Admin.SigningKeys is { Count: > 0 };

    public RenderedFile Render(Site site) =>
        new(
            DocumentSigning.SignersPath,
            string.Concat(
                (site.Document.Admin.SigningKeys ?? []).Select(key =>
                    $"{DocumentSigning.Principal} namespaces=\"{DocumentSigning.Namespace}\" {key}\n"
                )
            ),
            InImage: true
        );
}
