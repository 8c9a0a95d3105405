using Appliance.Rendering.Templates;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.Access;

/// <summary>Root's authorized_keys: the owner's way in.</summary>
internal sealed class AuthorizedKeysFile : IConfigurationFile
{
    private const string Path = "/root/.ssh/authorized_keys";

    public bool IsWanted(Site site) => true;

    public RenderedFile Render(Site site)
    {
        var view = new AuthorizedKeysView(site.Document.Site, site.Document.Admin.SshKeys);
        return new RenderedFile(
            Path,
            RenderedText.Checked(
                Path,
                TemplateEngine.Render(
                    "authorized_keys.sbn",
                    view,
                    ViewJsonContext.Default.AuthorizedKeysView
                )
            ),
            Mode: FileModes.OwnerOnly,
            FolderMode: FileModes.OwnerOnlyFolder
        );
    }
}
