using System.Text;
using Appliance.Build.Seeds;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.Rendering.Documents;
using Outcome = Appliance.Rendering.Verdicts.Personalisation;

namespace Appliance.FirstBoot.Tests.Personalisation;

/// <summary>Signatures made and verified by OpenSSH's own ssh-keygen.</summary>
public sealed class SignatureTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-sign-");
    private readonly FreeBsd bsd = new(TestSites.Edge);

    public SignatureTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a Unix with ssh-keygen");
        foreach (var name in new[] { "owner", "other" })
        {
            ForeignTool.Run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-C",
                name,
                "-f",
                At(name)
            );
        }

        var words = File.ReadAllText(At("owner.pub")).Split(' ');
        bsd.Machine.Put(
            DocumentSigning.SignersPath,
            $"appliance namespaces=\"appliance-site\" {words[0]} {words[1]}\n"
        );
        bsd.Machine.Files.Remove(SiteDocument.TargetPath);
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_document_that_the_owner_signed_is_taken()
    {
        Assert.Equal((Outcome.Done, null), Run(Seed(Sign("owner", DocumentSigning.Namespace))));
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
        var (outcome, error) = Run(Seed(Sign(key, purpose)));
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
        var seed = Seed(Sign("owner", DocumentSigning.Namespace))
            .Replace("64500", "64501", StringComparison.Ordinal);
        Assert.Equal(Outcome.Failed, Run(seed).Outcome);
    }

    [Fact]
    public void Keys_of_the_metadata_open_nothing_on_an_image_that_knows_whom_to_trust()
    {
        Run(
            $"#cloud-config\nssh_authorized_keys: ['{Seeds.Key}']\nappliance: {{ssh_from: [0.0.0.0/0]}}\n"
        );
        Assert.DoesNotContain(
            "owner",
            bsd.Machine.Text("/root/.ssh/authorized_keys"),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "0.0.0.0/0",
            bsd.Machine.Text("/etc/pf.conf"),
            StringComparison.Ordinal
        );
    }

    private static string Seed(string? signature) =>
        SeedFiles.UserData(new SeedRequest { Document = TestSites.Edge, Signature = signature });

    private string Sign(string key, string purpose)
    {
        File.WriteAllBytes(At("document"), SiteDocumentJson.Write(TestSites.Edge));
        File.Delete(At("document.sig"));
        ForeignTool.Run(
            "ssh-keygen",
            "-q",
            "-Y",
            "sign",
            "-n",
            purpose,
            "-f",
            At(key),
            At("document")
        );
        return File.ReadAllText(At("document.sig"));
    }

    private (Outcome Outcome, string? Error) Run(string userData)
    {
        var machine = FreeBsd.On(bsd.Machine);
        machine.Disks["/dev/vtbd1"] = Seeds.Disk(userData);
        var generate = machine.Programs["/usr/bin/ssh-keygen"];
        machine.Programs["/usr/bin/ssh-keygen"] = arguments =>
            arguments[0] == "-Y" ? Verify(machine, arguments) : generate(arguments);
        var stage = new Personaliser(machine, Nobody.Reachable, TestSites.Render).Run();
        return (stage.Personalisation, stage.Error);
    }

    /// <summary>The real program on copies of the files.</summary>
    private ProgramResult Verify(FakeMachine machine, IReadOnlyList<string> arguments)
    {
        File.WriteAllText(At("stdin"), machine.Input!);
        var mapped = arguments.Select(argument =>
            argument.StartsWith('/') ? Copy(machine, argument) : argument
        );
        return ChildProcess.Run(
            "/usr/bin/ssh-keygen",
            [.. mapped],
            TimeSpan.FromSeconds(20),
            At("stdin")
        );
    }

    private string Copy(FakeMachine machine, string path)
    {
        var copy = At(Path.GetFileName(path) + ".copy");
        File.WriteAllText(copy, machine.Text(path)!, new UTF8Encoding(false));
        return copy;
    }

    private string At(string name) => Path.Combine(folder.FullName, name);
}
