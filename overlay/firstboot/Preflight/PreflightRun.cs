using System.Text.Json;
using Appliance.FirstBoot.Checks;
using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.State;
using Appliance.Rendering;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Preflight;

/// <summary>
/// What has to hold before a machine announces anything: links, far ends of tunnels, its own addresses, RPKI caches,
/// the clock, blackholes, and no route of one forwarding table in another.
/// </summary>
internal sealed class PreflightRun(IMachine machine, Renderer render)
{
    private readonly StateStore store = new(machine);

    /// <exception cref="FirstBootException">The machine is none that could announce.</exception>
    public CheckList Check()
    {
        var expected = Expected();
        var list = new CheckList();
        try
        {
            var kernel = new KernelReader(machine).Read(expected.Request());
            AddLinks(list, expected, kernel);
            RouteChecks.Add(list, expected, kernel);
        }
        catch (FirstBootException exception)
        {
            list.Add("kernel", passed: false, "can be read", exception.Message);
        }

        ClockCheck.Add(list, machine.UtcNow);
        var reachability = new Reachability(machine);
        reachability.AddLoopback(list, expected.Document);
        reachability.AddTunnels(list, expected.Document);
        reachability.AddCaches(list, expected.Document);
        return list;
    }

    /// <summary>Takes away what frr.conf holds back; the file keeps it for the next start.</summary>
    /// <returns>The commands that were given.</returns>
    /// <exception cref="FirstBootException">vtysh refused.</exception>
    public IReadOnlyList<string> Lift()
    {
        var commands = Hold.LiftingCommands(
            Expected().Files.FirstOrDefault(file => file.Path == Hold.ConfigurationPath)?.Content
                ?? ""
        );
        if (commands.Count == 0)
        {
            return [];
        }

        var result = machine.Run(
            "/usr/local/bin/vtysh",
            [
                .. commands
                    .Prepend("configure terminal")
                    .SelectMany(command => new[] { "-c", command }),
            ],
            TimeSpan.FromSeconds(20)
        );
        return result.Succeeded
            ? commands
            : throw new FirstBootException($"vtysh does not lift the hold: {result.Complaint}");
    }

    private Expectation Expected()
    {
        var state =
            store.ReadState()
            ?? throw new FirstBootException("this machine was never personalised");
        if (state.Minimal || store.ReadDocument() is not { } content)
        {
            throw new FirstBootException("this is a minimal machine: it announces nothing");
        }

        try
        {
            var document = SiteDocumentJson.Read(content);
            var names = new InterfaceNames(state.Interfaces);
            return new Expectation(
                document,
                state.Interfaces,
                render(document, names, new Secrets(store.ReadSecrets())),
                Accounts.Read(machine)
            );
        }
        catch (Exception exception) when (exception is JsonException or RenderingException)
        {
            throw new FirstBootException(exception.Message, exception);
        }
    }

    private static void AddLinks(CheckList list, Expectation expected, KernelSnapshot kernel)
    {
        foreach (var item in expected.Document.Interfaces)
        {
            var device = expected.DeviceOf(item.Name);
            var actual = kernel.Interface(device);
            list.Add(
                $"interface.{item.Name}.link",
                actual is { IsUp: true, IsWithoutCarrier: false },
                $"{device} has carrier",
                actual is null ? null
                    : actual.IsWithoutCarrier ? "no carrier"
                    : actual.IsUp ? $"{device} has carrier"
                    : "down"
            );
        }
    }
}
