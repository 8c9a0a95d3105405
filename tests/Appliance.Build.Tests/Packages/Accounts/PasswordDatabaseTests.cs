using System.Globalization;
using Appliance.Build.Packages.Accounts;

namespace Appliance.Build.Tests.Packages.Accounts;

public sealed class PasswordDatabaseTests
{
    private static readonly string Samples = RepositoryRoot.Combine(
        "tests",
        "Appliance.Build.Tests",
        "Packages",
        "Accounts",
        "Samples"
    );

    [Fact]
    public void The_databases_are_byte_for_byte_those_of_pwd_mkdb()
    {
        var entries = Entries(File.ReadAllText(Path.Combine(Samples, "master.passwd")));

        Assert.Equal(Sample("pwd.db"), PasswordDatabase.Public(entries));
        Assert.Equal(Sample("spwd.db"), PasswordDatabase.Secure(entries));
    }

    [Fact]
    public void The_public_file_is_that_of_pwd_mkdb()
    {
        var entries = Entries(File.ReadAllText(Path.Combine(Samples, "master.passwd")));

        Assert.Equal(
            File.ReadAllLines(Path.Combine(Samples, "passwd")),
            entries.Select(entry => entry.ToPublicLine())
        );
    }

    [Fact]
    public void No_password_is_in_the_public_database()
    {
        var entries = Entries("root:$6$salt$secret:0:0::0:0:Charlie &:/root:/bin/sh");

        Assert.Contains("$6$salt$secret", AllText(PasswordDatabase.Secure(entries)));
        Assert.DoesNotContain("secret", AllText(PasswordDatabase.Public(entries)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(86)]
    [InlineData(400)]
    [InlineData(5000)]
    public void Every_user_is_found_by_name_number_and_place(int count)
    {
        var lines = Enumerable
            .Range(0, count)
            .Select(n =>
                $"user{n}:*:{1000 + n}:{n}:class:0:0:A user of some length:/home/user{n}:/bin/sh"
            );

        var pairs = HashReader.Read(PasswordDatabase.Public(Entries(string.Join('\n', lines))));

        Assert.Equal(3 * count + 1, pairs.Count);
        for (var n = 0; n < count; n++)
        {
            var data = pairs[
                "41" + Convert.ToHexString(System.Text.Encoding.ASCII.GetBytes($"user{n}"))
            ];
            Assert.Equal(data, pairs["42" + Hex(n + 1)]);
            Assert.Equal(data, pairs["43" + Hex(1000 + n)]);
            Assert.StartsWith($"user{n}\0*\0", HashReader.Text(data), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Of_two_names_with_one_number_the_first_one_has_it()
    {
        var pairs = HashReader.Read(
            PasswordDatabase.Public(
                Entries("root:*:0:0::0:0:Charlie:/root:/bin/sh\ntoor:*:0:0::0:0:Other:/root:")
            )
        );

        Assert.StartsWith(
            "root\0",
            HashReader.Text(pairs["43" + Hex(0)]),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("root:*:0:0::0:0:Charlie:/root")]
    [InlineData("root:*:zero:0::0:0:Charlie:/root:/bin/sh")]
    [InlineData("root:*:0:0::0:0:Charlie:/root:/bin/sh:more")]
    [InlineData("+::::::::::")]
    [InlineData(":*:0:0::0:0:Charlie:/root:/bin/sh")]
    public void A_line_that_pwd_mkdb_refuses_is_refused(string line) =>
        Assert.Throws<BuildException>(() => Entries(line));

    private static List<PasswordEntry> Entries(string text) =>
        [
            .. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => PasswordEntry.Parse(line, "master.passwd")),
        ];

    private static byte[] Sample(string name) => File.ReadAllBytes(Path.Combine(Samples, name));

    private static string AllText(byte[] database) =>
        string.Concat(HashReader.Read(database).Values.Select(HashReader.Text));

    private static string Hex(int number) => number.ToString("X8", CultureInfo.InvariantCulture);
}
