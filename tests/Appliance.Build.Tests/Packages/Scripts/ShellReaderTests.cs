using Appliance.Build.Packages.Accounts;
using Appliance.Build.Packages.Scripts;

namespace Appliance.Build.Tests.Packages.Scripts;

public sealed class ShellReaderTests
{
    private const string Program = """
        if [ -n "${PKG_ROOTDIR}" ] && [ "${PKG_ROOTDIR}" != "/" ]; then
          PW="/usr/sbin/pw -R ${PKG_ROOTDIR}"
        else
          PW=/usr/sbin/pw
        fi

        """;

    /// <summary>As the ports tree generates it for a port with USERS and GROUPS.</summary>
    private const string Accounts =
        Program
        + """
            echo "===> Creating groups"
            if ! ${PW} groupshow frr >/dev/null 2>&1; then
              echo "Creating group 'frr' with gid '2012'"
              ${PW} groupadd frr -g 2012
            else
              echo "Using existing group 'frr'"
            fi
            echo "===> Creating users"
            if ! ${PW} usershow frr >/dev/null 2>&1; then
              echo "Creating user 'frr' with uid '2012'"
              ${PW} useradd frr -u 2012 -g 2012  -c "FRR  suite (routing)" -d /nonexistent -s /usr/sbin/nologin
            else
              echo "Using existing user 'frr'"
            fi
            if ! ${PW} groupshow frrvty | grep -qw frr; then
              echo "Adding user 'frr' to group 'frrvty'"
              ${PW} groupmod frrvty -m frr
            fi

            """;

    [Fact]
    public void Users_and_groups_of_the_ports_tree_are_recognised()
    {
        var reading = ShellReader.Read(Accounts, "/usr/local");

        Assert.Empty(reading.Unknown);
        Assert.Equal(
            [
                new ScriptEffect.MakeGroup(new GroupAccount("frr", 2012)),
                new ScriptEffect.MakeUser(
                    new UserAccount(
                        "frr",
                        2012,
                        2012,
                        "",
                        "FRR  suite (routing)",
                        "/nonexistent",
                        "/usr/sbin/nologin"
                    )
                ),
                new ScriptEffect.JoinGroup(new GroupMember("frrvty", "frr")),
            ],
            reading.Effects
        );
    }

    [Fact]
    public void A_login_class_and_a_home_are_recognised()
    {
        var reading = ShellReader.Read(
            """
            if ! ${PW} usershow unbound >/dev/null 2>&1; then
              ${PW} useradd unbound -u 59 -g 59 -L daemon -c "" -d /usr/local/etc/unbound -s /usr/sbin/nologin
            fi
            /usr/bin/install -d -g unbound -o unbound ${PKG_ROOTDIR}/usr/local/etc/unbound
            """,
            "/usr/local"
        );

        Assert.Empty(reading.Unknown);
        Assert.Equal("daemon", Assert.IsType<ScriptEffect.MakeUser>(reading.Effects[0]).User.Class);
        Assert.Equal(
            new ScriptEffect.MakeFolder("/usr/local/etc/unbound", "unbound", "unbound", null),
            reading.Effects[1]
        );
    }

    [Fact]
    public void Folders_owners_and_modes_are_recognised()
    {
        var reading = ShellReader.Read(
            """
            #!/bin/sh
            # A comment
            set -e
            mkdir -p ${PKG_ROOTDIR}${PKG_PREFIX}/var/db
            chown www:www "/var/db/thing"
            /bin/chmod 750 /var/db/thing;
            install -d -m 0700 -o www /var/db/secret
            exit 0
            """,
            "/opt/x"
        );

        Assert.Empty(reading.Unknown);
        Assert.Equal(
            [
                new ScriptEffect.MakeFolder("/opt/x/var/db", null, null, null),
                new ScriptEffect.SetOwner("/var/db/thing", "www", "www", null),
                new ScriptEffect.SetOwner("/var/db/thing", null, null, 0x1E8),
                new ScriptEffect.MakeFolder("/var/db/secret", "www", null, 0x1C0),
            ],
            reading.Effects
        );
    }

    [Fact]
    public void Scripts_of_the_base_system_are_recognised()
    {
        var reading = ShellReader.Read(
            """
                pwd_mkdb -i -p -d  ${PKG_ROOTDIR}/etc ${PKG_ROOTDIR}/etc/master.passwd
                services_mkdb -l -q -o ${PKG_ROOTDIR}/var/db/services.db ${PKG_ROOTDIR}/
                cap_mkdb ${CAP_MKDB_ENDIAN} ${PKG_ROOTDIR}/etc/login.conf
                if ! /usr/sbin/service ldconfig restart >/dev/null; then
                    if [ -z "${INSTALL_AS_USER}" ]; then
                        exit 1
                    fi
                fi
            """,
            "/"
        );

        Assert.Empty(reading.Unknown);
        Assert.All(reading.Effects, effect => Assert.IsType<ScriptEffect.Unneeded>(effect));
    }

    [Theory]
    [InlineData("rm -rf /")]
    [InlineData("echo \"$(reboot)\"")]
    [InlineData("echo `reboot`")]
    [InlineData("echo \"hello\" > /etc/motd")]
    [InlineData("echo hello; reboot")]
    [InlineData("mkdir -p /var/db/x && reboot")]
    [InlineData("mkdir -p /var/db/$(reboot)")]
    [InlineData("mkdir -p relative/path")]
    [InlineData("chown -R www:www /var/db")]
    [InlineData("chown www:www /var/db/*")]
    [InlineData("chmod u+s /bin/sh")]
    [InlineData("exit 1")]
    [InlineData("${PW} useradd frr -u 2012 -g 2012 -c \"x\" -d / -s /bin/sh")]
    public void Whatever_else_is_unknown(string line)
    {
        var reading = ShellReader.Read(line, "/usr/local");

        Assert.Equal([line], reading.Unknown);
        Assert.Empty(reading.Effects);
    }

    [Theory]
    [InlineData("-g 2012 ", "-g 2012 -m ")]
    [InlineData("-u 2012", "-u 0x7DC")]
    [InlineData("FRR  suite", "FRR $(reboot)")]
    [InlineData("FRR  suite", "FRR:0")]
    [InlineData("useradd frr", "useradd root")]
    [InlineData("/usr/sbin/nologin\nelse", "/usr/sbin/nologin; reboot\nelse")]
    public void A_user_that_differs_from_the_generated_form_in_anything_is_unknown(
        string part,
        string instead
    )
    {
        var changed = Accounts
            .Replace("\r", "", StringComparison.Ordinal)
            .Replace(part, instead, StringComparison.Ordinal);
        Assert.NotEqual(Accounts, changed);

        var reading = ShellReader.Read(changed, "/usr/local");

        Assert.NotEmpty(reading.Unknown);
        Assert.DoesNotContain(reading.Effects, effect => effect is ScriptEffect.MakeUser);
    }

    [Fact]
    public void What_is_known_of_an_unknown_script_is_told_too()
    {
        var reading = ShellReader.Read(Accounts + "touch /var/db/frr\n", "/usr/local");

        Assert.Equal(["touch /var/db/frr"], reading.Unknown);
        Assert.False(reading.IsComplete);
        Assert.Equal(3, reading.Effects.Count);
    }

    [Fact]
    public void Random_pieces_of_scripts_end_in_a_reading()
    {
        var random = new Random(4);
        var pieces = Accounts.Split('\n');
        for (var round = 0; round < 300; round++)
        {
            var script = string.Join(
                '\n',
                Enumerable.Range(0, 12).Select(_ => pieces[random.Next(pieces.Length)])
            );

            var reading = ShellReader.Read(script, "/usr/local");

            var lines = ShellText.Normalise(script).Split('\n').Length - 1;
            Assert.InRange(reading.Unknown.Count, 0, lines);
        }
    }
}
