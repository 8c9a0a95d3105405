using Appliance.Files;
using Appliance.Verify.Processes;

namespace Appliance.Lab.Guests;

/// <summary>
/// Brings FRR of a virtual machine to another configuration by the difference. FreeBSD's package of FRR has no
/// frr-reload.py, so this computer's runs, with a vtysh that carries every question into the machine.
/// </summary>
internal sealed class GuestReload(GuestShell shell, GuestFiles files)
{
    private const string GuestFile = "/var/run/frr/reload.conf";

    /// <summary>Every line that is taken back is a question of its own.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Runs frr-reload.py on the copy that this computer keeps of the configuration.</summary>
    /// <exception cref="ProcessFailedException">A line was refused; its complaints are in the message.</exception>
    public async Task RunAsync(CancellationToken token)
    {
        OutputFolder.Create(files.ReloadFolder);
        var carrier = Path.Combine(files.ReloadFolder, "vtysh");
        OutputFile.WriteText(
            carrier,
            Carrier(shell.CommandLine, GuestRouter.Vtysh, GuestFile),
            OutputMode.Script
        );

        await shell.Here.RunAsync(
            new(
                Tools.FrrReload,
                "--reload",
                "--bindir",
                files.ReloadFolder,
                "--confdir",
                files.Folder,
                "--rundir",
                files.ReloadFolder,
                files.Configuration
            )
            {
                TimeLimit = Limit,
            },
            token
        );
    }

    /// <summary>
    /// vtysh as frr-reload.py calls it: "-c" with commands, "-f" with a file of this computer or "-" for what it is told on
    /// standard input. Where the machine keeps its files it knows itself.
    /// </summary>
    /// <param name="shell">Words of sh(1) that run the next word as a script in the machine.</param>
    /// <param name="vtysh">The machine's own.</param>
    /// <param name="guestFile">Where a file lies while it is read there.</param>
    internal static string Carrier(string shell, string vtysh, string guestFile) =>
        $$"""
            #!/bin/sh
            words="{{vtysh}}"
            file=
            while [ $# -gt 0 ]; do
                case $1 in
                --config_dir) shift ;;
                -f) file=$2; shift; words="$words -f {{guestFile}}" ;;
                *) words="$words '$(printf %s "$1" | sed "s/'/'\\\\''/g")'" ;;
                esac
                shift
            done
            bring="umask 077; cat > {{guestFile}} && $words; code=\$?; rm -f {{guestFile}}; exit \$code"
            case $file in
            '') exec {{shell}} "$words" < /dev/null ;;
            -) exec {{shell}} "$bring" ;;
            *) exec {{shell}} "$bring" < "$file" ;;
            esac

            """.ReplaceLineEndings("\n");
}
