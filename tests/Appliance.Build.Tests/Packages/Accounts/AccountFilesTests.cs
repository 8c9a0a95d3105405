using System.Text;
using Appliance.Build.Packages.Accounts;
using Appliance.Imaging.Tree;

namespace Appliance.Build.Tests.Packages.Accounts;

public sealed class AccountFilesTests
{
    private const string Master = "# comment\nroot::0:0::0:0:Charlie &:/root:/bin/sh\n";
    private const string Group = "wheel:*:0:root\nmail:*:6:\n";

    private static readonly UserAccount Frr = new(
        "frr",
        2012,
        2012,
        "",
        "FRR suite",
        "/nonexistent",
        "/usr/sbin/nologin"
    );

    [Fact]
    public void A_user_with_groups_is_in_all_five_files()
    {
        var (tree, accounts) = System(Master, Group);

        accounts.Add(new GroupAccount("frr", 2012), "frr10");
        accounts.Add(new GroupAccount("frrvty", 2013), "frr10");
        accounts.Add(Frr, "frr10");
        accounts.Add(new GroupMember("frrvty", "frr"), "frr10");
        accounts.WriteTo(tree, 7);

        Assert.Equal(
            Master + "frr:*:2012:2012::0:0:FRR suite:/nonexistent:/usr/sbin/nologin\n",
            Text(tree, "/etc/master.passwd")
        );
        Assert.EndsWith(
            "frr:*:2012:2012:FRR suite:/nonexistent:/usr/sbin/nologin\n",
            Text(tree, "/etc/passwd"),
            StringComparison.Ordinal
        );
        Assert.Equal(Group + "frr:*:2012:\nfrrvty:*:2013:frr\n", Text(tree, "/etc/group"));
        Assert.Contains(
            "41" + Convert.ToHexString("frr"u8),
            HashReader.Read(Bytes(tree, "/etc/pwd.db")).Keys
        );
        Assert.Contains(
            "41" + Convert.ToHexString("frr"u8),
            HashReader.Read(Bytes(tree, "/etc/spwd.db")).Keys
        );
    }

    [Fact]
    public void Only_root_reads_what_has_passwords()
    {
        var (tree, accounts) = System(Master, Group);
        accounts.WriteTo(tree, 7);

        Assert.Equal(0x180, tree.Find("/etc/master.passwd")!.Metadata.Mode);
        Assert.Equal(0x180, tree.Find("/etc/spwd.db")!.Metadata.Mode);
        Assert.Equal(0x1A4, tree.Find("/etc/pwd.db")!.Metadata.Mode);
    }

    [Fact]
    public void Without_additions_the_releases_own_files_stay()
    {
        var (tree, accounts) = System(Master, Group);
        Add(tree, "/etc/pwd.db", "the release's");

        accounts.WriteTo(tree, 7);

        Assert.Equal("the release's", Text(tree, "/etc/pwd.db"));
        Assert.Null(tree.Find("/etc/passwd"));
    }

    [Theory]
    [InlineData(
        "root::0:0::0:0:Charlie &:/root:/bin/sh",
        "root:*:0:0::0:0:Charlie &:/root:/bin/sh"
    )]
    [InlineData("toor::0:0::0:0:Other:/root:", "toor:*:0:0::0:0:Other:/root:")]
    [InlineData("guest::1001:6::0:0:G:/:/bin/sh", "guest:*:1001:6::0:0:G:/:/bin/sh")]
    [InlineData("ops:$6$a$b:1001:6::0:0:O:/:/bin/sh", "ops:*:1001:6::0:0:O:/:/bin/sh")]
    [InlineData("_pf:*:64:64::0:0:PF:/:/nologin", "_pf:*:64:64::0:0:PF:/:/nologin")]
    [InlineData("old:*LOCKED*:99:6::0:0:O:/:/bin/sh", "old:*LOCKED*:99:6::0:0:O:/:/bin/sh")]
    public void A_locked_account_has_a_password_field_that_nothing_matches(
        string before,
        string after
    )
    {
        var (tree, accounts) = System($"# comment\n{before}\n# end\n", Group);

        accounts.Lock();
        accounts.WriteTo(tree, 7);

        Assert.Equal($"# comment\n{after}\n# end\n", Text(tree, "/etc/master.passwd"));
        var name = before.Split(':')[0];
        var entry = HashReader.Read(Bytes(tree, "/etc/spwd.db"))[
            "41" + Convert.ToHexString(Encoding.ASCII.GetBytes(name))
        ];
        Assert.StartsWith($"{name}\0*", HashReader.Text(entry), StringComparison.Ordinal);
    }

    [Fact]
    public void Locked_accounts_have_the_databases_that_pwd_mkdb_makes_of_them()
    {
        var (tree, accounts) = System(Master, Group);
        accounts.Lock();
        accounts.WriteTo(tree, 7);
        var entry = PasswordEntry.Parse("root:*:0:0::0:0:Charlie &:/root:/bin/sh", "");

        Assert.Equal(PasswordDatabase.Secure([entry]), Bytes(tree, "/etc/spwd.db"));
        Assert.Equal(PasswordDatabase.Public([entry]), Bytes(tree, "/etc/pwd.db"));
    }

    [Fact]
    public void An_account_that_is_there_is_used_as_it_is()
    {
        var (tree, accounts) = System(Master, Group);

        accounts.Add(new GroupAccount("mail", 4711), "postfix");
        accounts.Add(Frr with { Name = "root" }, "postfix");
        accounts.WriteTo(tree, 7);

        Assert.Equal(Group, Text(tree, "/etc/group"));
        Assert.Equal(Master, Text(tree, "/etc/master.passwd"));
    }

    [Fact]
    public void A_number_that_another_account_has_is_refused()
    {
        var (_, accounts) = System(Master, Group);
        accounts.Add(new GroupAccount("frr", 2012), "frr10");
        accounts.Add(Frr, "frr10");

        var group = Assert.Throws<BuildException>(() =>
            accounts.Add(new GroupAccount("other", 6), "bad")
        );
        var user = Assert.Throws<BuildException>(() =>
            accounts.Add(Frr with { Name = "other" }, "bad")
        );

        Assert.Equal(
            "package bad: its group other wants the number 6, which the group mail has",
            group.Message
        );
        Assert.Equal(
            "package bad: its user other wants the number 2012, which the user frr has",
            user.Message
        );
    }

    [Fact]
    public void A_user_or_member_of_a_group_that_does_not_exist_is_refused()
    {
        var (_, accounts) = System(Master, Group);

        Assert.Contains(
            "which no group has",
            Assert.Throws<BuildException>(() => accounts.Add(Frr, "bad")).Message
        );
        Assert.Contains(
            "does not exist",
            Assert
                .Throws<BuildException>(() => accounts.Add(new GroupMember("nobody", "frr"), "bad"))
                .Message
        );
    }

    private static (FileTree Tree, AccountFiles Accounts) System(string master, string group)
    {
        var tree = new FileTree(0);
        Add(tree, "/etc/master.passwd", master);
        Add(tree, "/etc/group", group);
        return (tree, AccountFiles.Of(tree));
    }

    private static void Add(FileTree tree, string path, string text) =>
        tree.AddFile(
            path,
            FileContent.FromBytes(Encoding.UTF8.GetBytes(text)),
            NodeMetadata.DefaultFile(0),
            "base"
        );

    private static string Text(FileTree tree, string path) =>
        Encoding.UTF8.GetString(Bytes(tree, path));

    private static byte[] Bytes(FileTree tree, string path)
    {
        var content = Assert.IsType<FileNode>(tree.Find(path)).Content;
        var bytes = new byte[content.Length];
        content.Read(0, bytes);
        return bytes;
    }
}
