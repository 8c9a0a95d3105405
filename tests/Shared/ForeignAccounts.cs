namespace Appliance.Tests;

/// <summary>The accounts of an image's root file system as sleuthkit reads them: nothing of ours takes part.</summary>
internal static class ForeignAccounts
{
    private const int SectorSize = 512;

    /// <summary>Name and password field of every account of master.passwd(5).</summary>
    /// <param name="image">A raw disk image.</param>
    /// <param name="offset">Byte at which the UFS partition begins.</param>
    public static IReadOnlyList<(string Name, string Password)> Read(string image, long offset) =>
        [
            .. ReadFile(image, offset, "/etc/master.passwd")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => !line.StartsWith('#'))
                .Select(line => line.Split(':'))
                .Select(fields => (fields[0], fields[1])),
        ];

    /// <summary>Accounts that a password, or none, would open.</summary>
    public static IReadOnlyList<string> Open(string image, long offset) =>
        [
            .. Read(image, offset)
                .Where(account => !account.Password.StartsWith('*'))
                .Select(account => account.Name),
        ];

    /// <summary>A file of the file system as text.</summary>
    public static string ReadFile(string image, long offset, string path)
    {
        ForeignTool.RequireAll("ifind", "icat");
        var sector = (offset / SectorSize).ToString(
            System.Globalization.CultureInfo.InvariantCulture
        );
        var inode = ForeignTool.Run("ifind", "-f", "ufs2", "-o", sector, "-n", path, image).Trim();
        return ForeignTool.Run("icat", "-f", "ufs2", "-o", sector, image, inode);
    }
}
