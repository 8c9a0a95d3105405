using Appliance.Rendering.Documents;

namespace Appliance.Rendering.Tests;

/// <summary>The example sites, as documents.</summary>
internal static class Fixture
{
    public static IReadOnlyList<string> Names { get; } =
    ["router01", "vps01", "edge02", "vps02", "ix03"];

    public static TheoryData<string> All => [.. Names];

    public static byte[] Json(string name) =>
        File.ReadAllBytes(
            RepositoryRoot.Combine("tests", "Appliance.Rendering.Tests", "Fixtures", $"{name}.json")
        );

    public static SiteDocument Document(string name) => SiteDocumentJson.Read(Json(name));

    /// <summary>Devices as a machine would find them, so that every file is complete.</summary>
    public static InterfaceNames Devices(SiteDocument document) =>
        new(
            document
                .Interfaces.Select((item, index) => (item.Name, Device: $"vtnet{index}"))
                .ToDictionary(item => item.Name, item => item.Device)
        );

    public static IReadOnlyList<RenderedFile> Render(string name) => Render(Document(name));

    public static IReadOnlyList<RenderedFile> Render(SiteDocument document) =>
        SiteRenderer.Render(document, Devices(document));

    public static string Text(this IEnumerable<RenderedFile> files, string path) =>
        files.Single(file => file.Path == path).Content;
}
