using System.Globalization;
using System.Text.RegularExpressions;
using Appliance.Build.Packages.Accounts;

namespace Appliance.Build.Packages.Scripts;

/// <summary>The forms of statements whose effect is known, each with what it does.</summary>
internal static partial class ShellForms
{
    private delegate ScriptEffect? Effect(Match match, string prefix);

    /// <summary>A name of a user or group as pw(8) takes it.</summary>
    private const string Name = "[A-Za-z_][A-Za-z0-9_.-]*";

    /// <summary>A path with nothing in it that the shell would act upon; below the root or the package's prefix.</summary>
    private const string Path =
        "\"?(?:\\$\\{PKG_ROOTDIR\\})?(?<path>(?:\\$\\{PKG_PREFIX\\})?/[A-Za-z0-9_./+@:-]+)\"?";

    private const string Quiet = " *>/dev/null(?: 2>&1)?";
    private const string Said = "echo (?:\"(?:[^\"`$\\\\\n]|\\\\[\"\\\\])*\"|'[^'\n]*')\n";
    private const string End = ";?\n";

    private static readonly (Regex Form, Effect Effect)[] All =
    [
        (PwProgram(), Nothing),
        (Message(), Nothing),
        (NoOperation(), Nothing),
        (Group(), MakeGroup),
        (User(), MakeUser),
        (Member(), JoinGroup),
        (InstallFolder(), MakeFolder),
        (Folder(), MakeFolder),
        (Owner(), SetOwner),
        (Mode(), SetMode),
        (SharedLibraries(), AtEveryBoot),
        (PasswordDatabases(), ByTheBuilder),
        (OtherDatabases(), FromText),
    ];

    /// <summary>Reads a known form at a place of a normalised text: its effects are added, its end is returned.</summary>
    public static int? TryRead(string text, int at, string prefix, List<ScriptEffect> effects)
    {
        foreach (var (form, effect) in All)
        {
            if (form.Match(text, at) is { Success: true } match)
            {
                if (effect(match, prefix) is { } done)
                {
                    effects.Add(done);
                }

                return at + match.Length;
            }
        }

        return null;
    }

    private static ScriptEffect? Nothing(Match match, string prefix) => null;

    private static ScriptEffect.MakeGroup MakeGroup(Match match, string prefix) =>
        new(new GroupAccount(Text(match, "name"), Number(match, "gid")));

    private static ScriptEffect.MakeUser MakeUser(Match match, string prefix) =>
        new(
            new UserAccount(
                Text(match, "name"),
                Number(match, "uid"),
                Number(match, "gid"),
                Text(match, "class"),
                Text(match, "gecos"),
                Text(match, "home"),
                Text(match, "shell")
            )
        );

    private static ScriptEffect.JoinGroup JoinGroup(Match match, string prefix) =>
        new(new GroupMember(Text(match, "group"), Text(match, "user")));

    private static ScriptEffect.MakeFolder MakeFolder(Match match, string prefix) =>
        new(
            Place(match, prefix),
            Optional(match, "owner"),
            Optional(match, "group"),
            OptionalMode(match)
        );

    private static ScriptEffect.SetOwner SetOwner(Match match, string prefix) =>
        new(Place(match, prefix), Optional(match, "owner"), Optional(match, "group"), null);

    private static ScriptEffect.SetOwner SetMode(Match match, string prefix) =>
        new(Place(match, prefix), null, null, OptionalMode(match));

    private static ScriptEffect.Unneeded AtEveryBoot(Match match, string prefix) =>
        new("/etc/rc.d/ldconfig finds shared libraries at every boot");

    private static ScriptEffect.Unneeded ByTheBuilder(Match match, string prefix) =>
        new("the builder writes pwd.db and spwd.db");

    private static ScriptEffect.Unneeded FromText(Match match, string prefix) =>
        new("without a database the system reads the text file itself");

    private static string Text(Match match, string group) => match.Groups[group].Value;

    private static string? Optional(Match match, string group) =>
        match.Groups[group] is { Success: true, Value: var value } ? value : null;

    private static uint Number(Match match, string group) =>
        uint.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static int? OptionalMode(Match match) =>
        Optional(match, "mode") is { } mode ? Convert.ToInt32(mode, 8) : null;

    private static string Place(Match match, string prefix) =>
        Text(match, "path")
            .Replace("${PKG_PREFIX}", prefix, StringComparison.Ordinal)
            .Replace("//", "/", StringComparison.Ordinal)
            .TrimEnd('/');

    // From here on the forms. The first five are those of Mk/Scripts/do-users-groups.sh of the ports tree.

    [GeneratedRegex(
        """
            \Gif \[ -n "\$\{PKG_ROOTDIR\}" \] && \[ "\$\{PKG_ROOTDIR\}" != "/" \]; then
            PW="/usr/sbin/pw -R \$\{PKG_ROOTDIR\}"
            else
            PW=/usr/sbin/pw
            fi

            """
    )]
    private static partial Regex PwProgram();

    [GeneratedRegex(@"\G" + Said)]
    private static partial Regex Message();

    [GeneratedRegex(
        @"\Gif ! \$\{PW\} groupshow (?<name>"
            + Name
            + ")"
            + Quiet
            + "; then\n(?:"
            + Said
            + @")?\$\{PW\} groupadd \k<name> -g (?<gid>[0-9]{1,9})\n(?:else\n"
            + Said
            + ")?fi\n"
    )]
    private static partial Regex Group();

    [GeneratedRegex(
        @"\Gif ! \$\{PW\} usershow (?<name>"
            + Name
            + ")"
            + Quiet
            + "; then\n(?:"
            + Said
            + @")?\$\{PW\} useradd \k<name> -u (?<uid>[0-9]{1,9}) -g (?<gid>[0-9]{1,9}) +(?:-L (?<class>"
            + Name
            + ") +)?-c \"(?<gecos>[^\":`$\\\\\n]*)\" -d (?<home>/[A-Za-z0-9_./+@-]*) -s (?<shell>/[A-Za-z0-9_./+@-]+)\n(?:else\n"
            + Said
            + ")?fi\n"
    )]
    private static partial Regex User();

    [GeneratedRegex(
        @"\Gif ! \$\{PW\} groupshow (?<group>"
            + Name
            + @") \| grep -qw (?<user>"
            + Name
            + "); then\n(?:"
            + Said
            + @")?\$\{PW\} groupmod \k<group> -m \k<user>"
            + "\nfi\n"
    )]
    private static partial Regex Member();

    [GeneratedRegex(
        @"\G(?:/usr/bin/)?install -d(?: -m (?<mode>[0-7]{3,4}))?(?: -g (?<group>"
            + Name
            + "))?(?: -o (?<owner>"
            + Name
            + "))?(?: -m (?<mode>[0-7]{3,4}))? "
            + Path
            + End
    )]
    private static partial Regex InstallFolder();

    [GeneratedRegex(@"\G(?:/bin/)?mkdir -p(?: -m (?<mode>[0-7]{3,4}))? " + Path + End)]
    private static partial Regex Folder();

    [GeneratedRegex(
        @"\G(?:/usr/sbin/)?chown (?<owner>" + Name + ")(?:[:](?<group>" + Name + "))? " + Path + End
    )]
    private static partial Regex Owner();

    [GeneratedRegex(@"\G(?:/bin/)?chmod (?<mode>[0-7]{3,4}) " + Path + End)]
    private static partial Regex Mode();

    [GeneratedRegex(@"\G(?::|true|exit 0|set -e|set -eu)" + End)]
    private static partial Regex NoOperation();

    /// <summary>Keywords/ldconfig.ucl of the ports tree.</summary>
    [GeneratedRegex(
        """
            \Gif ! /usr/sbin/service ldconfig restart *>/dev/null; then
            if \[ -z "\$\{INSTALL_AS_USER\}" \]; then
            exit 1
            fi
            fi

            """
    )]
    private static partial Regex SharedLibraries();

    /// <summary>release/packages/ucl/runtime.ucl of the base system.</summary>
    [GeneratedRegex(
        @"\Gpwd_mkdb -i -p -d +\$\{PKG_ROOTDIR\}/etc \$\{PKG_ROOTDIR\}/etc/master\.passwd\n"
    )]
    private static partial Regex PasswordDatabases();

    /// <summary>runtime.ucl and utilities.ucl: services(5) and login.conf(5), both of which are read as text too.</summary>
    [GeneratedRegex(
        @"\G(?:services_mkdb (?:-l |-b |\$\{CAP_MKDB_ENDIAN\} )?-q -o \$\{PKG_ROOTDIR\}/var/db/services\.db \$\{PKG_ROOTDIR\}/"
            + @"|cap_mkdb (?:-l |-b |\$\{CAP_MKDB_ENDIAN\} )?\$\{PKG_ROOTDIR\}/etc/login\.conf)\n"
    )]
    private static partial Regex OtherDatabases();
}
