using System.Text;
using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Sources;
using Appliance.FirstBoot.State;

namespace Appliance.FirstBoot.Personalisation;

/// <summary>
/// The host id that rc.d/hostid chose, on the disk for good. rc.d/hostid_save writes both files without fsync(2), so a
/// power cut soon afterwards leaves them empty, and the next boot may choose another id.
/// </summary>
internal sealed class HostIdentity(IMachine machine)
{
    public const string HostIdPath = "/etc/hostid";
    public const string MachineIdPath = "/etc/machine-id";
    private const string Script = "/etc/rc.d/hostid";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>The kernel's; null when it has none that rc.d/hostid would take.</summary>
    public string? Current =>
        Valid(
            SettingListParser
                .Parse(machine.Run("/sbin/sysctl", ["-e", "kern.hostuuid"], Limit).Output)
                .GetValueOrDefault("kern.hostuuid")
        );

    /// <summary>Brings both files to the disk, repairs what is empty or damaged, and sets the kernel's id where it differs.</summary>
    /// <param name="known">What the machine is known to have, null when nothing is.</param>
    /// <returns>Why it is not done; null when it is.</returns>
    public string? Secure(string? known)
    {
        try
        {
            var current = Current;
            if ((Valid(known) ?? current ?? Saved() ?? Chosen()) is not { } uuid)
            {
                return "there is no host id";
            }

            Write(HostIdPath, uuid + "\n");
            Write(MachineIdPath, uuid.Replace("-", "", StringComparison.Ordinal) + "\n");
            if (uuid != current)
            {
                // It reads the file, and sets kern.hostuuid and kern.hostid.
                var result = machine.Run(Script, ["onestart"], Limit);
                return result.Succeeded ? null : $"{Script}: {result.Complaint}";
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"the host id is not on the disk: {exception.Message}";
        }
    }

    private string? Saved() =>
        Valid(Encoding.ASCII.GetString(machine.Read(HostIdPath) ?? []).Trim());

    /// <summary>As rc.d/hostid chooses: the firmware's, else a random one.</summary>
    private string? Chosen() =>
        Valid(Smbios.Read(machine).OwnUuid)
        ?? Valid(machine.Run("/bin/uuidgen", ["-r"], Limit).Output.Trim());

    /// <summary>valid_hostid of rc.d/hostid: lower-case, and not one that vendors leave in many machines.</summary>
    private static string? Valid(string? uuid) =>
        uuid is { Length: 36 }
        && uuid.Index()
            .All(letter =>
                letter.Index is 8 or 13 or 18 or 23
                    ? letter.Item == '-'
                    : char.IsAsciiHexDigitLower(letter.Item)
            )
        && Smbios.IsOwn(uuid)
            ? uuid
            : null;

    /// <summary>What is right already may have been written a moment ago: it is flushed all the same.</summary>
    private void Write(string path, string content)
    {
        var bytes = Encoding.ASCII.GetBytes(content);
        if (machine.Read(path) is { } present && present.AsSpan().SequenceEqual(bytes))
        {
            machine.Flush(path);
            machine.Flush("/etc");
            return;
        }

        new StateStore(machine).WriteWhole(path, bytes);
    }
}
