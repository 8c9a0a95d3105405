using System.Text;
using Appliance.FirstBoot.Machine;

namespace Appliance.FirstBoot.Personalisation;

/// <summary>
/// Root's password: a fresh base system has an empty one. It is locked, or the owner's own for the console; over
/// ssh only keys count in any case.
/// </summary>
internal sealed class RootAccount(IMachine machine)
{
    /// <summary>What pw(8) writes for "no password can match".</summary>
    public const string Locked = "*";

    private const string InputPath = "/var/run/appliance/hash";
    private const int PrivateMode = 0b110_000_000;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>What pwd_mkdb(8) replaces.</summary>
    public static IReadOnlyList<string> Files { get; } =
    ["/etc/pwd.db", "/etc/spwd.db", "/etc/passwd", "/etc/master.passwd"];

    /// <summary>Whether the password is this one already.</summary>
    /// <param name="hash">As in master.passwd(5); null: the account is locked.</param>
    public bool Is(string? hash) => Password() == (hash ?? Locked);

    /// <summary>
    /// What pw(8) leaves when the power goes: hashes, under names of pw_tmp(3), and the files of pwd_mkdb(8), which never
    /// works again as long as they are there.
    /// </summary>
    public void ClearInterrupted()
    {
        foreach (var name in machine.Names("/etc").Where(IsTemporary))
        {
            machine.Delete($"/etc/{name}");
        }

        machine.Flush("/etc");
    }

    /// <summary>"pw.", six characters, and what pwd_mkdb appends; pw.conf(5) is shorter.</summary>
    private static bool IsTemporary(string name) =>
        name is "pwd.db.tmp" or "spwd.db.tmp"
        || (
            name.StartsWith("pw.", StringComparison.Ordinal)
            && (
                name.Length == 9
                || (name.Length == 14 && name.EndsWith(".orig", StringComparison.Ordinal))
            )
        );

    /// <summary>
    /// Locks root, and toor where it has a password, whatever else has failed.
    /// </summary>
    /// <returns>Why an account stays open; null when none does.</returns>
    public string? Lock()
    {
        try
        {
            ClearInterrupted();
            Set(null);
            if (Password("toor") is not (null or Locked))
            {
                machine.Run("/usr/sbin/pw", ["usermod", "toor", "-h", "-"], Limit);
            }

            return Password("toor") is null or Locked ? null : "the account toor is not locked";
        }
        catch (Exception exception)
            when (exception is FirstBootException or IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    /// <param name="hash">As in master.passwd(5); null locks the account.</param>
    /// <exception cref="FirstBootException">pw failed, or the password is another one afterwards.</exception>
    public void Set(string? hash)
    {
        if (Is(hash))
        {
            return;
        }

        var result = hash is null
            ? machine.Run("/usr/sbin/pw", ["usermod", "root", "-h", "-"], Limit)
            : SetHash(hash);
        if (!result.Succeeded || !Is(hash))
        {
            throw new FirstBootException(
                hash is null
                    ? $"the root password cannot be locked: {result.Complaint}"
                    : $"the console password cannot be set: {result.Complaint}"
            );
        }

        // The only one of them that pwd_mkdb does not flush.
        machine.Flush("/etc/passwd");
    }

    /// <summary>On standard input: arguments are there for all to see.</summary>
    private ProgramResult SetHash(string hash)
    {
        machine.CreateFolder("/var/run/appliance");
        machine.Write(InputPath, Encoding.ASCII.GetBytes(hash + "\n"), FileOwner.Root, PrivateMode);
        try
        {
            return machine.Run("/usr/sbin/pw", ["usermod", "root", "-H", "0"], Limit, InputPath);
        }
        finally
        {
            machine.Delete(InputPath);
        }
    }

    /// <summary>What master.passwd(5) has for an account; null when there is none.</summary>
    public string? Password(string account = "root") =>
        Encoding
            .UTF8.GetString(machine.Read("/etc/master.passwd") ?? [])
            .Split('\n')
            .FirstOrDefault(line => line.StartsWith(account + ":", StringComparison.Ordinal))
            ?.Split(':')[1];
}
