using System.Text;
using Appliance.FirstBoot.Machine;

namespace Appliance.FirstBoot.Personalisation;

/// <summary>Locks root's password: a fresh base system has an empty one. Keys remain the way in.</summary>
internal sealed class RootAccount(IMachine machine)
{
    /// <summary>What pw(8) writes for "no password can match".</summary>
    public const string Locked = "*";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <exception cref="FirstBootException">pw failed, or the password is not locked afterwards.</exception>
    public void Lock()
    {
        if (Password() == Locked)
        {
            return;
        }

        var result = machine.Run("/usr/sbin/pw", ["usermod", "root", "-h", "-"], Limit);
        if (!result.Succeeded || Password() != Locked)
        {
            throw new FirstBootException($"the root password cannot be locked: {result.Complaint}");
        }
    }

    private string? Password() =>
        Encoding
            .UTF8.GetString(machine.Read("/etc/master.passwd") ?? [])
            .Split('\n')
            .FirstOrDefault(line => line.StartsWith("root:", StringComparison.Ordinal))
            ?.Split(':')[1];
}
