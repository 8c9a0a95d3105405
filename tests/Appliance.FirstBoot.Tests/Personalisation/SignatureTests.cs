using Appliance.Build.Seeds;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.Rendering.Documents;
using Outcome = Appliance.Rendering.Verdicts.Personalisation;

namespace Appliance.FirstBoot.Tests.Personalisation;

/// <summary>Signatures made and verified by OpenSSH's own ssh-keygen.</summary>
public sealed class SignatureTests : IDisposable
{
    private readonly SigningBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void A_document_that_the_owner_signed_is_taken()
    {
        Assert.Equal((Outcome.Done, null), Run(Seed(bench.Sign(TestSites.Edge))));
    }

    [Fact]
    public void A_document_without_a_signature_is_refused()
    {
        var (outcome, error) = Run(Seed(null));
        Assert.Equal(Outcome.Failed, outcome);
        Assert.Contains(
            "is not signed, and this image takes signed ones only",
            error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("other", DocumentSigning.Namespace)]
    [InlineData("owner", "file")]
    public void A_signature_of_somebody_else_or_for_something_else_is_refused(
        string key,
        string purpose
    )
    {
        var (outcome, error) = Run(Seed(bench.Sign(TestSites.Edge, key, purpose)));
        Assert.Equal(Outcome.Failed, outcome);
        Assert.Contains(
            "the signature of the site document is not its owner's",
            error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_document_that_was_altered_is_refused()
    {
        var seed = Seed(bench.Sign(TestSites.Edge))
            .Replace("64500", "64501", StringComparison.Ordinal);
        Assert.Equal(Outcome.Failed, Run(seed).Outcome);
    }

    [Fact]
    public void One_of_several_signers_is_enough()
    {
        bench.Machine.Put(
            DocumentSigning.SignersPath,
            bench.Signer("owner") + bench.Signer("other")
        );
        Assert.Equal((Outcome.Done, null), Run(Seed(bench.Sign(TestSites.Edge, "other"))));
    }

    [Fact]
    public void Keys_of_the_metadata_open_nothing_on_an_image_that_knows_whom_to_trust()
    {
        Run(
            $"#cloud-config\nssh_authorized_keys: ['{Seeds.Key}']\nappliance: {{ssh_from: [0.0.0.0/0]}}\n"
        );
        Assert.DoesNotContain(
            "owner",
            bench.Machine.Text("/root/.ssh/authorized_keys"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "0.0.0.0/0",
            bench.Machine.Text("/etc/pf.conf"),
            StringComparison.Ordinal
        );
    }

    private static string Seed(string? signature) =>
        SeedFiles.UserData(new SeedRequest { Document = TestSites.Edge, Signature = signature });

    private (Outcome Outcome, string? Error) Run(string userData)
    {
        var stage = bench.Boot(userData);
        return (stage.Personalisation, stage.Error);
    }
}
