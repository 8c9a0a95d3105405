using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Signatures;
using Appliance.FirstBoot.State;
using Appliance.Rendering;

namespace Appliance.FirstBoot.Personalisation;

/// <summary>Puts a target onto the disk, whole or not at all.</summary>
internal sealed class Installer(IMachine machine, StateStore store)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>What was accepted once counts for every later run, whatever it makes.</summary>
    private static readonly string[] Lasting =
    [
        SignedDocument.DocumentPath,
        SignedDocument.SignaturePath,
    ];

    /// <param name="target">What the machine becomes.</param>
    /// <param name="state">The record of it.</param>
    /// <param name="before">The record of the run before.</param>
    /// <param name="renewIdentity">The disk was in another machine: its host keys and host id are that one's.</param>
    public void Install(
        Target target,
        ApplianceState state,
        ApplianceState? before,
        bool renewIdentity
    )
    {
        var transaction = new FileTransaction(machine, store);
        var files = FilesOf(target);
        try
        {
            var hostKeys = new HostKeys(machine);
            var missing = hostKeys.Missing(target.Files, renewIdentity);
            transaction.Prepare(
                state.Run,
                files,
                Accounts.Read(machine),
                missing.SelectMany(HostKeys.NamesAside)
            );
            transaction.Remove(
                (before?.Files ?? []).Except([.. files.Select(file => file.Path), .. Lasting])
            );
            var keys = hostKeys.Generate(missing, target.Document.Hostname);
            transaction.Adopt(keys);
            ConfigurationTests.Run(machine, target.Files, keys, target.Secrets.Values);
            if (renewIdentity)
            {
                RenewHostId(target.IsMinimal);
            }

            var root = new RootAccount(machine);
            transaction.Keep(root.Is(target.ConsolePassword) ? [] : RootAccount.Files);
            transaction.Commit(
                complete: () =>
                {
                    root.Set(target.ConsolePassword);
                    store.WriteState(
                        state with
                        {
                            Files = [.. files.Select(file => file.Path)],
                            HostUuid = new HostIdentity(machine).Current,
                        }
                    );
                },
                withdraw: () => Withdraw(state.Run, before)
            );
        }
        finally
        {
            transaction.Discard();
        }
    }

    private static IReadOnlyList<RenderedFile> FilesOf(Target target) =>
        [
            .. target.Files,
            .. StateStore.Files(
                StateStore.Written(target.Document),
                target.Secrets,
                target.Accepted
            ),
        ];

    /// <summary>The record of what the machine was returns before the first of its files does.</summary>
    private void Withdraw(int run, ApplianceState? before)
    {
        if (store.ReadState()?.Run != run)
        {
            return;
        }

        if (before is null)
        {
            store.DeleteState();
        }
        else
        {
            store.WriteState(before);
        }
    }

    /// <summary>
    /// The kernel's host id and both files of it are made anew, as rc(8) makes them at a first boot. A minimal machine is
    /// worth more than its host id.
    /// </summary>
    private void RenewHostId(bool mayFail)
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
            if (!result.Succeeded && !mayFail)
            {
                throw new FirstBootException($"{script} made no new host id: {result.Complaint}");
            }
        }

        _ = new HostIdentity(machine).Secure(known: null);
    }
}
