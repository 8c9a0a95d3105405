using System.Text;
using System.Text.Json;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Verdicts;

namespace Appliance.Rendering.Tests;

/// <summary>Documents and verdicts as JSON.</summary>
public class SiteDocumentJsonTests
{
    public static TheoryData<string> Sites => Fixture.All;

    [Theory]
    [MemberData(nameof(Sites))]
    public void A_document_survives_the_round_trip(string site)
    {
        var once = SiteDocumentJson.Write(Fixture.Document(site));
        var twice = SiteDocumentJson.Write(SiteDocumentJson.Read(once));
        Assert.Equal(Encoding.UTF8.GetString(once), Encoding.UTF8.GetString(twice));
        Assert.Equal((byte)'\n', once[^1]);
        Assert.Equal(Rendered(Fixture.Document(site)), Rendered(SiteDocumentJson.Read(once)));
    }

    [Theory]
    [InlineData("\"asn\": 64500", "\"asn\": 64500, \"asm\": 1", "asm")]
    [InlineData("\"asn\": 64500,", "", "asn")]
    [InlineData("\"schema\": 1", "\"schema\": 2", "schema")]
    [InlineData("\"site\": \"router01\"", "\"site\": null", "site")]
    [InlineData("\"asn\": 64500", "\"asn\": 64500, \"asn\": 64501", "asn")]
    [InlineData("\"role\": \"Edge\"", "\"role\": \"Core\"", "role")]
    public void A_wrong_document_is_refused_by_name(string part, string replacement, string name)
    {
        var json = Encoding.UTF8.GetString(Fixture.Json("router01"));
        Assert.Contains(part, json, StringComparison.Ordinal);
        var wrong = json.Replace(part, replacement, StringComparison.Ordinal);
        var exception = Assert.Throws<JsonException>(() =>
            SiteDocumentJson.Read(Encoding.UTF8.GetBytes(wrong))
        );
        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_that_are_left_out_are_empty()
    {
        var json = Encoding.UTF8.GetString(Fixture.Json("vps01"));
        var shorter = json.Replace("\"loopback\": [],", "", StringComparison.Ordinal)
            .Replace("\"tunables\": {},", "", StringComparison.Ordinal);
        Assert.NotEqual(json, shorter);
        var document = SiteDocumentJson.Read(Encoding.UTF8.GetBytes(shorter));
        Assert.Empty(document.Loopback);
        Assert.Empty(document.System.Tunables);
        Assert.Empty(document.System.Nameservers);
    }

    [Fact]
    public void A_verdict_is_one_line_and_survives_the_round_trip()
    {
        var verdict = new Verdict
        {
            Schema = Verdict.CurrentSchema,
            Site = "router01",
            Ok = false,
            Personalisation = Personalisation.Done,
            Boot = 1,
            BootMethod = "UEFI",
            Passed = 3,
            Failed = 1,
            Milliseconds = 250,
            Checks =
            [
                new Check
                {
                    Name = "tunnel.gif0.mtu",
                    Passed = false,
                    Expected = "1480",
                    Actual = "1280\n",
                },
            ],
        };
        var line = VerdictJson.WriteLine(verdict);
        Assert.DoesNotContain('\n', line);
        Assert.Equal(line, VerdictJson.WriteLine(VerdictJson.Read(line)));
        Assert.Throws<JsonException>(() => VerdictJson.Read("{\"site\": \"x\"}"));
    }

    private static string Rendered(SiteDocument document) =>
        string.Concat(Fixture.Render(document).Select(file => file.Path + "\n" + file.Content));
}
