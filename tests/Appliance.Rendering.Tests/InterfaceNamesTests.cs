namespace Appliance.Rendering.Tests;

/// <summary>Which device stands behind an interface.</summary>
public class InterfaceNamesTests
{
    [Fact]
    public void Driver_and_index_can_be_predicted()
    {
        var names = InterfaceNames.Predict(Fixture.Document("router01"));
        Assert.True(names.IsComplete);
        Assert.Equal("vtnet0", names.Find("wan"));
        Assert.Null(names.Find("lan"));
    }

    [Fact]
    public void What_cannot_be_predicted_is_a_placeholder_that_no_parser_takes()
    {
        var document = Fixture.Document("edge02");
        var names = InterfaceNames.Predict(document);
        Assert.False(names.IsComplete);
        Assert.Equal(["transit", "ix"], names.Unpredicted);
        Assert.Equal("@transit@", names.Find("transit"));
        Assert.Equal("em1", names.Find("mgmt"));
        var files = SiteRenderer.Render(document, names);
        using var file = new TemporaryFile(files.Text("/etc/rc.conf"));
        Assert.Contains("@ix@", files.Text("/etc/pf.conf"), StringComparison.Ordinal);
        Assert.NotEqual(0, ForeignTool.Try("sh", "-e", file.Path).ExitCode);
    }

    [Fact]
    public void An_interface_without_a_device_is_refused()
    {
        var exception = Assert.Throws<RenderingException>(() =>
            SiteRenderer.Render(
                Fixture.Document("router01"),
                new InterfaceNames(new Dictionary<string, string> { ["lan"] = "vtnet0" })
            )
        );
        Assert.Contains("wan", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vtnet0 up; reboot")]
    [InlineData("@wan@")]
    [InlineData("")]
    public void A_device_with_a_strange_name_is_refused(string device)
    {
        Assert.Throws<RenderingException>(() =>
            SiteRenderer.Render(
                Fixture.Document("router01"),
                new InterfaceNames(new Dictionary<string, string> { ["wan"] = device })
            )
        );
    }
}
