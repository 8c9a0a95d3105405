using Appliance.Lab.Daemons;
using Appliance.Verify.Processes;

namespace Appliance.Lab.Speakers;

/// <summary>Tells a running GoBGP what it originates; its configuration file has no place for that.</summary>
internal static class GoBgpNetworks
{
    private const int Attempts = 50;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(100);

    public static async Task AnnounceAsync(
        ProcessGateway processes,
        SpeakerRole role,
        ChildDaemon daemon,
        CancellationToken token
    )
    {
        await WaitAsync(processes, daemon, token);
        foreach (var network in role.Networks)
        {
            await processes.RunAsync(new(Tools.GoBgp, GoBgpConfiguration.Announce(network)), token);
        }
    }

    private static async Task WaitAsync(
        ProcessGateway processes,
        ChildDaemon daemon,
        CancellationToken token
    )
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            daemon.CheckAlive();
            var outcome = await processes.RunUncheckedAsync(new(Tools.GoBgp, "global"), token);
            if (outcome.ExitCode == 0)
            {
                return;
            }

            await Task.Delay(BetweenAttempts, token);
        }

        throw new LabException(LabFault.Failed, "gobgpd does not answer its command line");
    }
}
