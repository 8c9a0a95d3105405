using Appliance.Lab.Running;
using Appliance.Rendering.Documents;
using Appliance.Verify.Processes;
using Appliance.Verify.Qemu;

namespace Appliance.Lab.Guests;

/// <summary>The virtual machines of a lab. Disposing switches them off at once.</summary>
internal sealed class LabGuests(LabRequest request) : IAsyncDisposable
{
    private readonly Dictionary<string, Guest> guests = new(StringComparer.Ordinal);

    /// <summary>By site.</summary>
    public IReadOnlyDictionary<string, Guest> All => guests;

    /// <exception cref="MissingToolException">A program is not installed.</exception>
    /// <exception cref="LabException">Nobody makes images.</exception>
    public static void Check(LabRequest request)
    {
        if (!request.Plan.Nodes.Any(node => node.IsVirtualMachine))
        {
            return;
        }

        foreach (var tool in Guest.Tools)
        {
            request.Tools.Find(tool);
        }

        if (request.WriteImage is null)
        {
            throw new LabException(
                LabFault.BadRequest,
                "a lab with virtual machines needs somebody who makes their images"
            );
        }
    }

    /// <summary>Makes the images and switches all machines on; they boot while other things are done.</summary>
    /// <param name="folder">Where a small file may be written meanwhile.</param>
    public async Task SwitchOnAsync(
        string folder,
        IProgress<string>? progress,
        CancellationToken token
    )
    {
        var sites = request.Plan.Nodes.Where(node => node.IsVirtualMachine).ToList();
        if (sites.Count == 0)
        {
            return;
        }

        var best = AcceleratorProbe.OfThisSystem;
        var probe = new AcceleratorProbe(new ProcessGateway(request.Tools));
        var accelerator = (await probe.RunAsync(best, folder, token)).Works
            ? best
            : Accelerator.Tcg;
        foreach (var site in sites)
        {
            progress?.Report($"image of {site.Name}");
            guests[site.Name] = await Guest.StartAsync(request, site.Name, accelerator, token);
        }
    }

    /// <summary>Waits until all of them are what was specified, and logs in.</summary>
    /// <returns>The documents that they have, by site.</returns>
    public async Task<IReadOnlyDictionary<string, SiteDocument>> LogInAsync(
        IProgress<string>? progress,
        CancellationToken token
    )
    {
        var documents = new Dictionary<string, SiteDocument>(StringComparer.Ordinal);
        foreach (var (site, guest) in guests)
        {
            progress?.Report($"virtual machine {site} boots");
            documents[site] = await guest.ReadyAsync(token);
        }

        return documents;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var guest in guests.Values)
        {
            await guest.DisposeAsync();
        }
    }
}
