using System.Security.Cryptography;
using System.Text;
using Appliance.Imaging.Tree;
using Appliance.Rendering;
using Appliance.Rendering.Documents;

namespace Appliance.Boot.Tests;

/// <summary>What every file that the service may touch says when the machine is a site, and nothing else.</summary>
/// <param name="Site">Of the verdict.</param>
/// <param name="Files">SHA-256, in hexadecimal, by path; a path that is missing is not there.</param>
internal sealed record MachineState(string Site, IReadOnlyDictionary<string, string> Files)
{
    public const string DocumentPath = "/var/db/appliance/site.json";
    private const string RulesPath = "/etc/pf.conf";
    private const string ClosedRulesPath = "/etc/pf-fallback.conf";

    /// <summary>The document is made on the machine: what it says is not known here, only what it must not be.</summary>
    public bool MakesItsDocument { get; private init; }

    private static readonly InterfaceNames Names = new(
        new Dictionary<string, string> { ["wan"] = "vtnet0", ["vtnet0"] = "vtnet0" }
    );

    /// <summary>A machine with one card, after its document was applied.</summary>
    /// <param name="document">Of the site.</param>
    /// <param name="image">What lies in the image, as far as the service may touch it.</param>
    public static MachineState Of(
        SiteDocument document,
        IReadOnlyDictionary<string, string> image
    ) => Of(document, SiteRenderer.Render(document, Names), image);

    /// <summary>A machine of which nobody has said whose site it is, with the owner of a site that it may become.</summary>
    public static MachineState Unconfigured(
        AdminDocument owner,
        IReadOnlyDictionary<string, string> image
    )
    {
        var document = new SiteDocument
        {
            Schema = SiteDocument.CurrentSchema,
            Network = SiteDocument.Nobody,
            Site = SiteDocument.Nobody,
            Role = SiteRole.Downstream,
            Hostname = SiteDocument.Nobody,
            Asn = 1,
            Admin = new AdminDocument { SshKeys = owner.SshKeys, SshFrom = owner.SshFrom },
            System = new SystemDocument { Fibs = 1, RootLabel = "root" },
            Interfaces =
            [
                new InterfaceDocument
                {
                    Name = "vtnet0",
                    Match = new InterfaceMatch { Driver = "vtnet", Index = 0 },
                },
            ],
        };
        var files = SiteRenderer.Render(document, Names).Where(file => !file.InImage).ToList();
        var closed = files.Single(file => file.Path == ClosedRulesPath).Content;
        return Of(
            document,
            files.Select(file => file.Path == RulesPath ? file with { Content = closed } : file),
            image
        ) with
        {
            MakesItsDocument = true,
        };
    }

    /// <summary>Files of a tree, as far as a site has them too.</summary>
    public static IReadOnlyDictionary<string, string> InImage(
        FileTree tree,
        IEnumerable<SiteDocument> sites
    ) =>
        PathsOf(sites)
            .Select(path => (path, tree.Find(path) as FileNode))
            .Where(file => file.Item2 is not null)
            .ToDictionary(file => file.path, file => Digest(Read(file.Item2!.Content)));

    /// <summary>Every path that the service may touch on a machine that can be one of these sites.</summary>
    public static IReadOnlyList<string> PathsOf(IEnumerable<SiteDocument> sites) =>
        [
            .. sites
                .SelectMany(site => SiteRenderer.Render(site, Names))
                .Select(file => file.Path)
                .Append(DocumentPath)
                .Distinct(),
        ];

    private static MachineState Of(
        SiteDocument document,
        IEnumerable<RenderedFile> rendered,
        IReadOnlyDictionary<string, string> image
    )
    {
        var files = new Dictionary<string, string>(image)
        {
            [DocumentPath] = Digest(SiteDocumentJson.Write(document)),
        };
        foreach (var file in rendered)
        {
            files[file.Path] = Digest(Encoding.UTF8.GetBytes(file.Content));
        }

        return new(document.Site, files);
    }

    private static byte[] Read(FileContent content)
    {
        var bytes = new byte[content.Length];
        content.Read(0, bytes);
        return bytes;
    }

    private static string Digest(byte[] content) =>
        Convert.ToHexStringLower(SHA256.HashData(content));
}
