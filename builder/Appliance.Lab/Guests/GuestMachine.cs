using System.Globalization;
using Appliance.Files;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Verdicts;
using Appliance.Verify.Console;
using Appliance.Verify.Processes;
using Appliance.Verify.Qemu;
using Appliance.Verify.Verdicts;

namespace Appliance.Lab.Guests;

/// <summary>QEMU with a site's disk, its cards plugged into the TAP devices of the site's namespace.</summary>
internal sealed class GuestMachine : IAsyncDisposable
{
    private const int Mebibytes = 1024;
    private const int Cpus = 2;

    /// <summary>Emulated, on a machine that has other things to do.</summary>
    private static readonly TimeSpan BootLimit = TimeSpan.FromMinutes(15);

    private readonly QemuMachine machine;
    private readonly TaskCompletionSource<Verdict> verdict = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly string site;
    private readonly Task reading;

    private GuestMachine(string site, QemuMachine machine)
    {
        this.site = site;
        this.machine = machine;
        reading = ReadAsync();
    }

    /// <summary>Switches a site on.</summary>
    /// <param name="processes">Starts QEMU inside the site's namespace.</param>
    public static async Task<GuestMachine> StartAsync(
        SiteDocument site,
        GuestFiles files,
        Accelerator accelerator,
        ProcessGateway processes,
        CancellationToken token
    )
    {
        var machine = await QemuMachine.StartAsync(
            new MachineDescription
            {
                Name = site.Site,
                Accelerator = accelerator,
                Memory = Mebibytes,
                Cpus = Cpus,
                Disks = [new(files.Disk, "raw"), new(files.Seed, "raw", Snapshot: true)],
                Cards = Cards(site),
            },
            processes,
            OutputFile.AppendLog(files.Console),
            TimeProvider.System,
            token,
            socketFolder: files.Machine
        );
        return new(site.Site, machine);
    }

    /// <summary>Waits until the machine says that it is what was specified.</summary>
    /// <exception cref="LabException">It says that it is not, or nothing.</exception>
    public async Task<Verdict> ReadyAsync(CancellationToken token)
    {
        try
        {
            var said = await verdict.Task.WaitAsync(BootLimit, token);
            return said.Ok
                ? said
                : throw new LabException(
                    LabFault.Failed,
                    $"{site} came up, but not as it was specified: {said.Error ?? string.Join("; ", said.Checks.Where(check => !check.Passed).Select(check => $"{check.Name} is {check.Actual}"))}"
                );
        }
        catch (TimeoutException exception)
        {
            throw new LabException(
                LabFault.Failed,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{site} gave no verdict within {BootLimit.TotalMinutes:0} minutes: {End()}"
                ),
                exception
            );
        }
    }

    /// <summary>Pulls the cable out of a card or plugs it in (set_link of QEMU's monitor).</summary>
    /// <param name="card">As FreeBSD counts them, from 0.</param>
    /// <exception cref="LabException">There is no such card, or no machine any more.</exception>
    public async Task SetCableAsync(int card, bool plugged, CancellationToken token)
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"set_link net{card} {(plugged ? "on" : "off")}"
        );
        var complaint = await machine.MonitorAsync(line, token) ?? "the machine is gone";
        if (complaint.Trim() is { Length: > 0 } reason)
        {
            throw new LabException(LabFault.Failed, $"{site}: {line}: {reason}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await machine.DisposeAsync();
        await reading;
    }

    /// <summary>FreeBSD counts the cards of a driver as they lie on the bus.</summary>
    private static IReadOnlyList<NetworkCard> Cards(SiteDocument site)
    {
        var cards = new SortedDictionary<int, NetworkCard>();
        foreach (var (item, number) in site.Interfaces.Select((item, number) => (item, number)))
        {
            var match = item.Match;
            if ((match.Driver ?? NetworkCard.Virtio) != NetworkCard.Virtio || match.Pci is not null)
            {
                throw new LabException(
                    LabFault.BadRequest,
                    $"{item.Name} of {site.Site} is found by {match.Driver ?? "its PCI position"}; the virtual machines of a lab have cards of vtnet(4)"
                );
            }

            cards[match.Index ?? number] = new(
                match.Mac ?? MacAddresses.For(site.Site, number),
                new TapDevice(SitePlan.CardName(number))
            );
        }

        return [.. cards.Values];
    }

    /// <summary>Reads to the end: a console that nobody reads stops the machine.</summary>
    private async Task ReadAsync()
    {
        var reader = new VerdictReader();
        await foreach (var line in machine.Console.Events.ReadAllAsync())
        {
            if (!line.IsPrompt && reader.Add(line.Text) is { } said)
            {
                verdict.TrySetResult(said);
            }

            if (TroubleSpotter.Spot(line) is { } trouble)
            {
                verdict.TrySetException(
                    new LabException(LabFault.Failed, $"{site}: {trouble.Reason}: {trouble.Line}")
                );
            }
        }

        verdict.TrySetException(
            new LabException(LabFault.Failed, $"{site} went off before its verdict: {End()}")
        );
    }

    private string End() =>
        string.Join(
            " | ",
            machine.Console.LastLines.TakeLast(3).Concat(machine.Messages.TakeLast(3))
        );
}
