using System.Text;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.State;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Tests.Fakes;

/// <summary>A machine whose image has a signing key, and the keys "owner" and "other": OpenSSH's own ssh-keygen signs and verifies.</summary>
internal sealed class SigningBench : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-sign-");

    public SigningBench()
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

        Machine = new FreeBsd(TestSites.Edge).Machine;
        Machine.Put(DocumentSigning.SignersPath, Signer("owner"));
        Machine.Files.Remove(SiteDocument.TargetPath);
    }

    /// <summary>Of the next run; without a document in the image at first.</summary>
    public FakeMachine Machine { get; private set; }

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>A line of allowed_signers.</summary>
    public string Signer(string key)
    {
        var words = File.ReadAllText(At($"{key}.pub")).Split(' ');
        return $"appliance namespaces=\"appliance-site\" {words[0]} {words[1]}\n";
    }

    public string Sign(
        SiteDocument document,
        string key = "owner",
        string purpose = DocumentSigning.Namespace
    )
    {
        File.WriteAllBytes(At("document"), SiteDocumentJson.Write(document));
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

    public void PutInImage(SiteDocument document) =>
        Machine.Put(SiteDocument.TargetPath, Text(document));

    public void PutChoice(SiteDocument document) =>
        Machine.Put($"{SiteDocument.ChoicesPath}/{document.Site}.json", Text(document));

    /// <summary>One boot with a disk that holds this user data, or with none.</summary>
    public EarlyStage Boot(string? userData)
    {
        Machine.Disks.Clear();
        if (userData is not null)
        {
            Machine.Disks["/dev/vtbd1"] = Seeds.Disk(userData);
        }

        return Boot();
    }

    /// <summary>One boot with the disks that are there.</summary>
    public EarlyStage Boot()
    {
        Machine = FreeBsd.On(Machine.Reboot());
        var machine = Machine;
        var generate = machine.Programs["/usr/bin/ssh-keygen"];
        machine.Programs["/usr/bin/ssh-keygen"] = arguments =>
            arguments[0] == "-Y" ? Verify(machine, arguments) : generate(arguments);
        return new Personaliser(machine, Nobody.Reachable, TestSites.Render).Run();
    }

    private static string Text(SiteDocument document) =>
        Encoding.UTF8.GetString(SiteDocumentJson.Write(document));

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
