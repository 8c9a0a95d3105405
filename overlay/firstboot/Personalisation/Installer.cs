using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.State;
using Appliance.Rendering;

namespace Appliance.FirstBoot.Personalisation;

/// <summary>Puts a target onto the disk, whole or not at all.</summary>
internal sealed class Installer(IMachine machine, StateStore store)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <param name="target">What the machine becomes.</param>
    /// <param name="state">The record of it.</param>
    /// <param name="earlierFiles">What the run before wrote.</param>
    /// <param name="renewIdentity">The disk was in another machine: its host keys and host id are that one's.</param>
    public void Install(
        Target target,
        ApplianceState state,
        IReadOnlyList<string> earlierFiles,
        bool renewIdentity
    )
    {
        var transaction = new FileTransaction(machine, store);
        IReadOnlyList<RenderedFile> files =
        [
            .. target.Files,
            .. StateStore.Files(StateStore.Written(target.Document), target.Secrets),
        ];
        try
        {
            transaction.Prepare(files, Accounts.Read(machine));
            transaction.Remove(earlierFiles.Except(files.Select(file => file.Path)));
            var keys = new HostKeys(machine).Generate(
                target.Files,
                target.Document.Hostname,
                renewIdentity
            );
            transaction.Adopt(keys);
            ConfigurationTests.Run(machine, target.Files, keys, target.Secrets.Values);
            if (renewIdentity)
            {
                RenewHostId();
            }

            transaction.Commit(
                state.Run,
                complete: () =>
                {
                    new RootAccount(machine).Set(target.ConsolePassword);
                    store.WriteState(state with { Files = [.. files.Select(file => file.Path)] });
                },
                withdraw: store.DeleteState
            );
        }
        finally
        {
            transaction.Discard();
        }
    }

    /// <summary>The kernel's host id and both files of it are made anew, as rc(8) makes them at a first boot.</summary>
    private void RenewHostId()
    {
        foreach (
            var (script, verb) in new[]
            {
                ("/etc/rc.d/hostid", "onereset"),
                ("/etc/rc.d/hostid_save", "onestart"),
            }
        )
        {
            var result = machine.Run(script, [verb], Limit);
            if (!result.Succeeded)
            {
                throw new FirstBootException($"{script} made no new host id: {result.Complaint}");
            }
        }
    }
}
