using Appliance.Rendering.Templates;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Tests;

/// <summary>Templates get a finished view and nothing else.</summary>
public class TemplateEngineTests
{
    private static readonly ResolvConfView View = new("router01", ["192.0.2.1", "192.0.2.2"]);

    [Fact]
    public void Lists_are_looped_over_and_absent_values_are_seen_as_absent()
    {
        Assert.Equal(
            "router01 192.0.2.1 192.0.2.2 ",
            Render("{{ site }} {{ for item in nameservers }}{{ item }} {{ end }}")
        );
        var fstab = new FstabView("x", "root0", null);
        Assert.Equal(
            "none",
            TemplateEngine.RenderText(
                "t",
                "{{ if esp_label }}some{{ else }}none{{ end }}",
                fstab,
                ViewJsonContext.Default.FstabView
            )
        );
    }

    [Theory]
    [InlineData("{{ nameserver }}")]
    [InlineData("{{ site.name }}")]
    [InlineData("{{ for item in nameserver }}{{ item }}{{ end }}")]
    [InlineData("{{ for item in nameservers }}{{ item.address }}{{ end }}")]
    [InlineData("{{ site | string.upcase }}")]
    [InlineData("{{ include 'other' }}")]
    [InlineData("{{ for item in nameservers }}")]
    public void What_the_view_does_not_have_is_an_error(string template)
    {
        var exception = Assert.Throws<RenderingException>(() => Render(template));
        Assert.StartsWith("t:", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_template_of_the_repository_is_used_and_every_used_one_is_there()
    {
        var embedded = typeof(SiteRenderer)
            .Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sbn", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToList();
        var sources = Directory
            .EnumerateFiles(
                Path.Combine(
                    RepositoryRoot.Combine("tests", "Appliance.Rendering.Tests"),
                    "../../builder/Appliance.Rendering/Files"
                ),
                "*.cs",
                SearchOption.AllDirectories
            )
            .Select(File.ReadAllText)
            .ToList();
        Assert.NotEmpty(embedded);
        Assert.All(
            embedded,
            name =>
                Assert.Contains(
                    sources,
                    source => source.Contains($"\"{name}\"", StringComparison.Ordinal)
                )
        );
    }

    private static string Render(string template) =>
        TemplateEngine.RenderText("t", template, View, ViewJsonContext.Default.ResolvConfView);
}
