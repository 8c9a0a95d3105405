using System.Buffers.Binary;
using System.Text;

namespace Appliance.Build.Packages.Accounts;

/// <summary>
/// Makes pwd.db and spwd.db of the entries of master.passwd: what pwd_mkdb(8) makes, and getpwnam(3) reads. Each entry is
/// there by name, by its number in the file, and by user number; all of it is big-endian (version 4 of pwd.h).
/// </summary>
internal static class PasswordDatabase
{
    private const byte FormatVersion = 4;
    private const byte ByName = 0x41;
    private const byte ByNumber = 0x42;
    private const byte ByUid = 0x43;

    private static readonly byte[] VersionKey = [0xFF, .. "VERSION"u8];

    /// <summary>pwd.db, which everybody may read: without passwords.</summary>
    public static byte[] Public(IReadOnlyList<PasswordEntry> entries) =>
        Write(entries, _ => PasswordEntry.NoPassword);

    /// <summary>spwd.db, for root alone.</summary>
    public static byte[] Secure(IReadOnlyList<PasswordEntry> entries) =>
        Write(entries, entry => entry.Password);

    private static byte[] Write(
        IReadOnlyList<PasswordEntry> entries,
        Func<PasswordEntry, string> password
    )
    {
        var database = new HashDatabase();
        database.Add(VersionKey, [FormatVersion]);
        for (var index = 0; index < entries.Count; index++)
        {
            var entry = entries[index];
            var data = Data(entry, password(entry));
            database.Add([ByName, .. Encoding.UTF8.GetBytes(entry.Name)], data);
            database.Add([ByNumber, .. BigEndian((uint)index + 1)], data);
            // Of several names of one number, as root and toor, the first one is that of the number.
            database.Add([ByUid, .. BigEndian(entry.Uid)], data);
        }

        return database.ToArray();
    }

    private static byte[] Data(PasswordEntry entry, string password) =>
        [
            .. Text(entry.Name),
            .. Text(password),
            .. BigEndian(entry.Uid),
            .. BigEndian(entry.Gid),
            .. BigEndian(entry.Change),
            .. Text(entry.Class),
            .. Text(entry.Description),
            .. Text(entry.Home),
            .. Text(entry.Shell),
            .. BigEndian(entry.Expire),
            .. BigEndian((uint)entry.PresentFields),
        ];

    private static byte[] Text(string text) => [.. Encoding.UTF8.GetBytes(text), 0];

    private static byte[] BigEndian(uint number)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }
}
