using Appliance.Model.Networks;
using Appliance.Model.Reports;

namespace Appliance.Model.Tests.Reports;

/// <summary>Whatever is wrong with a file, a secret in it is not in the report.</summary>
public class SecretTests
{
    private const string Secret = "Tr0ub4dor";

    [Theory]
    [InlineData("password: Tr0ub4dor")]
    [InlineData("password: \"Tr0ub4dor\"")]
    [InlineData("password: [Tr0ub4dor]")]
    [InlineData("password: {Tr0ub4dor: x}")]
    [InlineData("password: {text: Tr0ub4dor}")]
    [InlineData("password: {secret: Tr0ub4dor 3}")]
    [InlineData("password: {secret: [Tr0ub4dor]}")]
    [InlineData("password:\n          - Tr0ub4dor")]
    [InlineData("password:\n          Tr0ub4dor")]
    [InlineData("password: |\n          Tr0ub4dor\n          Tr0ub4dor")]
    [InlineData("password: >-\n\n          Tr0ub4dor")]
    [InlineData("passwrd: Tr0ub4dor")]
    [InlineData("Password: Tr0ub4dor")]
    [InlineData("pasword: {secret: x, y: Tr0ub4dor}")]
    [InlineData("md5: Tr0ub4dor")]
    [InlineData("tcp_md5: Tr0ub4dor")]
    [InlineData("auth-key: Tr0ub4dor")]
    [InlineData("secret: Tr0ub4dor")]
    [InlineData("token: Tr0ub4dor")]
    [InlineData("password: Tr0ub4dor: x")]
    [InlineData("password: \"Tr0ub4dor")]
    [InlineData("password: Tr0ub4dor\n        password: Tr0ub4dor")]
    [InlineData("password: &a Tr0ub4dor")]
    [InlineData("password: !!str Tr0ub4dor")]
    [InlineData("password: @Tr0ub4dor")]
    [InlineData("password: 'x'Tr0ub4dor")]
    [InlineData("password:\n\tTr0ub4dor")]
    [InlineData("\"password\" : Tr0ub4dor")]
    [InlineData("? password\n        : Tr0ub4dor")]
    public void A_secret_is_never_repeated(string written)
    {
        var text = Samples.Lab.Replace(
            "password: {secret: ifog-md5}",
            written,
            StringComparison.Ordinal
        );
        AssertHidden(NetworkFile.Read(text, "n.yaml").Report);
    }

    [Theory]
    [InlineData("\"-----BEGIN OPENSSH PRIVATE KEY----- Tr0ub4dor\"")]
    [InlineData(
        "|\n      -----BEGIN OPENSSH PRIVATE KEY-----\n      Tr0ub4dor\n      -----END OPENSSH PRIVATE KEY-----\n   "
    )]
    [InlineData(
        "-----BEGIN RSA PRIVATE KEY-----\n    Tr0ub4dor: x\n    -----END RSA PRIVATE KEY-----\n   "
    )]
    public void Private_key_material_is_never_repeated(string written)
    {
        var text = Samples.Lab.Replace(
            $"ssh_keys: [\"{Samples.Key}\"]",
            $"ssh_keys:\n    - {written}",
            StringComparison.Ordinal
        );
        AssertHidden(NetworkFile.Read(text, "n.yaml").Report);
    }

    [Fact]
    public void The_length_of_a_secret_does_not_show_either()
    {
        var texts = new[] { "a", Secret, new string('x', 90) }
            .Select(secret =>
                Samples.Lab.Replace("{secret: ifog-md5}", secret, StringComparison.Ordinal)
            )
            .Select(text => NetworkFile.Read(text, "n.yaml").Report.ToText());
        Assert.Single(texts.Distinct());
    }

    [Theory]
    [InlineData("key: 77")]
    [InlineData("key: 0x4d")]
    [InlineData("vlan: 600")]
    [InlineData("ttl: 64")]
    [InlineData("key: 77, vlan: 600")]
    public void The_key_of_a_tunnel_and_other_numbers_are_no_secrets(string written)
    {
        var text = Samples.Lab.Replace(
            "over: wan, neighbor",
            $"over: {{gre: {{remote: 198.51.100.45, address: \"2001:db8:500::2/127\", {written}}}}}, neighbor",
            StringComparison.Ordinal
        );
        var report = NetworkFile.Read(text, "n.yaml").Report;
        Assert.All(
            report.Findings.Where(f =>
                f.Severity == Severity.Error && f.Line == report.Findings[0].Line
            ),
            f => Assert.NotEqual("NET060", f.Code)
        );
        Assert.Contains(written, report.ToText(), StringComparison.Ordinal);
        Assert.DoesNotContain("****", report.ToText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("password: 77")]
    [InlineData("auth_key: 77")]
    [InlineData("key: Tr0ub4dor")]
    [InlineData("key: 77, password: Tr0ub4dor")]
    public void A_number_that_is_a_password_is_one(string written)
    {
        var text = Samples.Lab.Replace(
            "over: wan,",
            $"over: wan, {written},",
            StringComparison.Ordinal
        );
        var report = NetworkFile.Read(text, "n.yaml").Report;
        Assert.Contains("****", report.ToText(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, report.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_lines_are_shown_as_they_are()
    {
        var text = Samples.Lab.Replace("over: wan,", "over: wna,", StringComparison.Ordinal);
        Assert.Contains(
            "over: wna, neighbor:",
            NetworkFile.Read(text, "n.yaml").Report.ToText(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "****",
            NetworkFile.Read(text, "n.yaml").Report.ToText(),
            StringComparison.Ordinal
        );
    }

    private static void AssertHidden(Report report)
    {
        Assert.True(report.HasErrors);
        Assert.DoesNotContain(Secret, report.ToText(), StringComparison.Ordinal);
        Assert.All(
            report.Findings,
            f =>
                Assert.DoesNotContain(
                    Secret,
                    $"{f.Message} {f.Hint} {f.Path}",
                    StringComparison.Ordinal
                )
        );
    }
}
