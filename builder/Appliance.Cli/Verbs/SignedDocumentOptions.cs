using System.CommandLine;
using System.Text.Json;
using Appliance.Build.Seeds;
using Appliance.Cli.Locations;
using Appliance.Model.Networks;
using Appliance.Rendering;
using Appliance.Rendering.Documents;

namespace Appliance.Cli.Verbs;

/// <summary>The document of a seed and its signature: <c>--document</c> and <c>--signature</c>.</summary>
internal sealed class SignedDocumentOptions
{
    private const string Page = "see docs/signing.md";

    private readonly Option<string?> document = new("--document")
    {
        Description = "The document that was signed: what 'appliance document' printed",
        HelpName = "FILE",
    };

    private readonly Option<string?> signature = new("--signature")
    {
        Description = "What ssh-keygen -Y sign -n appliance-site made of the document",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(document);
        command.Options.Add(signature);
    }

    /// <summary>The document that the seed carries, and its signature.</summary>
    /// <param name="context">The verb.</param>
    /// <param name="site">The site's document as the network file makes it.</param>
    /// <param name="network">Of the site.</param>
    /// <param name="isStock">FreeBSD's own image has no first-boot service that would verify anything.</param>
    /// <exception cref="UsageException">A signature of a document that is not there.</exception>
    /// <exception cref="RenderingException">The file is not this site's document, or the signature is of another key.</exception>
    public (SiteDocument Document, string? Signature) Read(
        VerbContext context,
        SiteDocument site,
        Network network,
        bool isStock
    )
    {
        var carried = context.Get(document) is { } path ? ReadDocument(context, path, site) : site;
        var signers = site.Admin.SigningKeys ?? [];
        if (context.Get(signature) is not { } signaturePath)
        {
            Warn(context, isStock ? [] : signers);
            return (carried, null);
        }

        if (context.Get(document) is null && signers.Count > 0 && network.Serial is null)
        {
            throw new UsageException(
                "--signature needs --document FILE, the file that was signed: each document has a serial number of its own"
            );
        }

        var text = InputText.Read(context, signaturePath);
        CheckSigner(signaturePath, text, signers);
        return (carried, text);
    }

    private static void Warn(VerbContext context, IReadOnlyList<string> signers)
    {
        if (signers.Count > 0)
        {
            context.Output.Warn(
                "warning: images of this network accept signed documents only, and this seed's document is not signed: "
                    + $"machines ignore it ({Page})"
            );
        }
    }

    private static SiteDocument ReadDocument(VerbContext context, string path, SiteDocument site)
    {
        var content = InputText.ReadBytes(context, path);
        try
        {
            var read = SiteDocumentJson.Read(content);
            return !SiteDocumentJson.Write(read).AsSpan().SequenceEqual(content)
                    ? throw new RenderingException(
                        path,
                        "it was changed since 'appliance document' printed it: print it again, and sign it again"
                    )
                : (read.Network, read.Site) != (site.Network, site.Site)
                    ? throw new RenderingException(
                        path,
                        $"it is the document of site {read.Site} of {read.Network}, not of {site.Site} of {site.Network}"
                    )
                : read;
        }
        catch (JsonException exception)
        {
            throw new RenderingException(
                $"{path}: it is no site document: {exception.Message}",
                exception
            );
        }
    }

    private static void CheckSigner(string path, string text, IReadOnlyList<string> signers)
    {
        if (SshSignature.TryRead(text) is not { } read)
        {
            throw new RenderingException(path, "it is no signature of ssh-keygen -Y sign");
        }

        if (read.Namespace != DocumentSigning.Namespace)
        {
            throw new RenderingException(
                path,
                $"the signature is not for a site document: sign with -n {DocumentSigning.Namespace}"
            );
        }

        if (signers.Count > 0 && !signers.Any(key => key.Split(' ')[^1] == read.PublicKey))
        {
            throw new RenderingException(
                path,
                $"the key that signed is not among signing_keys of the network file ({Page})"
            );
        }
    }
}
