using System.Globalization;
using Appliance.Files;
using Appliance.Lab.Daemons;
using Appliance.Lab.Linux;
using Appliance.Lab.Running;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;
using Appliance.Verify.Processes;
using Appliance.Verify.Qemu;

namespace Appliance.Lab.Guests;

/// <summary>A site as a virtual machine: its image, booted, with a shell in it. Disposing switches it off at once.</summary>
internal sealed class Guest : IAsyncDisposable
{
    private readonly GuestMachine machine;
    private ChildDaemon? connection;

    private Guest(
        LabPlan plan,
        string site,
        GuestMachine machine,
        HostTools tools,
        Accelerator accelerator
    )
    {
        this.machine = machine;
        Shell = new(plan, site, tools);
        Router = new(site, Shell, new(plan.Name, site), accelerator);
    }

    public GuestShell Shell { get; }

    public GuestRouter Router { get; }

    /// <summary>What it takes beyond the programs of any lab.</summary>
    public static IReadOnlyList<Tool> Tools { get; } =
    [
        Verify.Processes.Tools.Qemu,
        Verify.Processes.Tools.Ssh,
        Verify.Processes.Tools.SshKeyGenerator,
    ];

    /// <summary>FRR of a virtual machine that somebody else keeps.</summary>
    public static GuestRouter RouterOf(LabPlan plan, string site, HostTools tools) =>
        new(site, new(plan, site, tools), new GuestFiles(plan.Name, site), Accelerator.Tcg);

    /// <summary>Makes the image of a site and switches it on.</summary>
    public static async Task<Guest> StartAsync(
        LabRequest request,
        string site,
        Accelerator accelerator,
        CancellationToken token
    )
    {
        var (plan, tools) = (request.Plan, request.Tools);
        var files = new GuestFiles(plan.Name, site);
        OutputFolder.Create(files.Folder);
        OutputFolder.Create(files.DiskFolder);
        var key = await MakeKeyAsync(files, tools, token);
        var document = GuestSeed.WithOwner(
            plan.Document(site),
            key,
            GuestAccess.Of(plan, site).From
        );
        await request.WriteImage!(document, files.Disk, token);
        OutputFile.Write(files.Seed, GuestSeed.Disk(document, request.Secrets), OutputMode.Secret);
        var machine = await GuestMachine.StartAsync(
            document,
            files,
            accelerator,
            LabTools.Within(new(plan.Node(site).Namespace), tools),
            token
        );
        return new(plan, site, machine, tools, accelerator);
    }

    /// <summary>Waits until it is what was specified, and logs in.</summary>
    /// <returns>The document that it has; the versions of its packages are known there.</returns>
    public async Task<SiteDocument> ReadyAsync(CancellationToken token)
    {
        await machine.ReadyAsync(token);
        connection = await Shell.ConnectAsync(token);
        var text = await Shell.RunAsync($"cat {SiteDocument.TargetPath}", token);
        var document = SiteDocumentJson.Read(System.Text.Encoding.UTF8.GetBytes(text));
        if (document.Bgp is not null)
        {
            if (!document.System.Frr)
            {
                throw new LabException(
                    LabFault.BadRequest,
                    $"the image of {document.Site} has no FRR, so there is nothing to be tested: build it with its packages"
                );
            }

            await Router.AdoptAsync(token);
        }

        return document;
    }

    /// <summary>Pulls the cable out of a card or plugs it in.</summary>
    /// <param name="device">FreeBSD's name of the card.</param>
    public Task SetCableAsync(string device, bool plugged, CancellationToken token) =>
        machine.SetCableAsync(
            int.Parse(device[NetworkCard.Virtio.Length..], CultureInfo.InvariantCulture),
            plugged,
            token
        );

    public async ValueTask DisposeAsync()
    {
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }

        await machine.DisposeAsync();
    }

    /// <returns>The public half, a line of authorized_keys.</returns>
    private static async Task<string> MakeKeyAsync(
        GuestFiles files,
        HostTools tools,
        CancellationToken token
    )
    {
        await new ProcessGateway(tools).RunAsync(
            new(
                Verify.Processes.Tools.SshKeyGenerator,
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-C",
                "lab",
                "-f",
                files.Key
            ),
            token
        );
        return (await File.ReadAllTextAsync(files.Key + ".pub", token)).Trim();
    }
}
