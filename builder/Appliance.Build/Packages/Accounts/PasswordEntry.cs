using System.Globalization;

namespace Appliance.Build.Packages.Accounts;

/// <summary>A line of master.passwd (passwd(5)).</summary>
internal sealed record PasswordEntry(
    string Name,
    string Password,
    uint Uid,
    uint Gid,
    string Class,
    uint Change,
    uint Expire,
    string Description,
    string Home,
    string Shell,
    int PresentFields
)
{
    /// <summary>The password field of an account that no password opens (passwd(5)).</summary>
    public const string NoPassword = "*";

    /// <summary>pwd_mkdb(8) reads a line into a buffer of LINE_MAX bytes.</summary>
    private const int LongestLine = 2046;

    private const int Fields = 10;

    /// <summary>Bits of the fields that are there, in the order of the file (_PWF_NAME … of pwd.h).</summary>
    private static readonly int[] FieldBits = [0, 1, 2, 3, 5, 4, 9, 6, 7, 8];

    /// <summary>An entry for a new user, whom no password lets in.</summary>
    public static PasswordEntry Of(UserAccount user) =>
        Parse(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{user.Name}:*:{user.Uid}:{user.Gid}:{user.Class}:0:0:{user.Description}:{user.Home}:{user.Shell}"
            ),
            $"the user {user.Name}"
        );

    /// <summary>Reads a line that is no comment.</summary>
    /// <exception cref="BuildException">pwd_mkdb would not read it either.</exception>
    public static PasswordEntry Parse(string line, string where)
    {
        var fields = line.Split(':');
        if (fields.Length != Fields || line.Length > LongestLine || fields[0].Length == 0)
        {
            throw new BuildException(
                BuildFailure.BadInput,
                $"{where}: a line of master.passwd has {Fields} fields between colons and at most {LongestLine} characters"
            );
        }

        if (fields[0][0] is '+' or '-')
        {
            throw new BuildException(
                BuildFailure.BadInput,
                $"{where}: entries for NIS ('{fields[0]}') cannot be kept when packages add users"
            );
        }

        return new PasswordEntry(
            fields[0],
            fields[1],
            Number(fields[2], where),
            Number(fields[3], where),
            fields[4],
            fields[5].Length == 0 ? 0 : Number(fields[5], where),
            fields[6].Length == 0 ? 0 : Number(fields[6], where),
            fields[7],
            fields[8],
            fields[9],
            Present(fields)
        );
    }

    /// <summary>The same account with a password field that nothing matches.</summary>
    public PasswordEntry Locked() =>
        this with
        {
            Password = NoPassword,
            PresentFields = PresentFields | (1 << FieldBits[1]),
        };

    /// <summary>The line of master.passwd.</summary>
    public string ToMasterLine() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Name}:{Password}:{Uid}:{Gid}:{Class}:{Change}:{Expire}:{Description}:{Home}:{Shell}"
        );

    /// <summary>The line of passwd, which everybody may read.</summary>
    public string ToPublicLine() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Name}:*:{Uid}:{Gid}:{Description}:{Home}:{Shell}"
        );

    private static int Present(string[] fields)
    {
        var present = 0;
        for (var index = 0; index < fields.Length; index++)
        {
            present |= fields[index].Length > 0 ? 1 << FieldBits[index] : 0;
        }

        return present;
    }

    private static uint Number(string text, string where) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new BuildException(BuildFailure.BadInput, $"{where}: '{text}' is no number");
}
