using Appliance.Sources.Sets;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Sets;

public class SetsLockTests
{
    private const string One = "1111111111111111111111111111111111111111111111111111111111111111";
    private const string Two = "2222222222222222222222222222222222222222222222222222222222222222";

    private static readonly SetsLock Pins = new(
        "15.0-RELEASE",
        "amd64",
        [new LockedSet("kernel", "kernel.txz", 7, Two), new LockedSet("base", "base.txz", 5, One)]
    );

    private static readonly string Text = $$"""
        {
          "version": 1,
          "release": "15.0-RELEASE",
          "architecture": "amd64",
          "sets": [
            {
              "name": "base",
              "file": "base.txz",
              "size": 5,
              "sha256": "{{One}}"
            },
            {
              "name": "kernel",
              "file": "kernel.txz",
              "size": 7,
              "sha256": "{{Two}}"
            }
          ]
        }

        """;

    [Fact]
    public void A_lock_has_one_spelling()
    {
        Assert.Equal(Text, System.Text.Encoding.UTF8.GetString(SetsLockFile.Format(Pins)));
        var read = SetsLockFile.Parse(SetsLockFile.Format(Pins), "edge.lock.json");
        Assert.Empty(read.ChangesSince(Pins));
        Assert.Equal(Pins.Sets.OrderBy(set => set.Name), read.Sets);
    }

    [Fact]
    public void A_lock_file_lies_beside_its_profile_and_is_written_whole()
    {
        using var directory = new TestDirectory();
        var path = SetsLockFile.PathFor(directory.File("profiles/edge.yaml"));
        Assert.Null(SetsLockFile.Read(path));
        SetsLockFile.Write(path, Pins);
        SetsLockFile.Write(path, Pins);
        Assert.Equal(["profiles/edge.lock.json"], directory.Files());
        Assert.Equal("15.0-RELEASE", SetsLockFile.Read(path)!.Release);
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2", "its version is 2")]
    [InlineData("\"base.txz\"", "\"../base.txz\"", "the file of base is \"../base.txz\"")]
    [InlineData("\"name\": \"kernel\"", "\"name\": \"base\"", "the file of base is \"kernel.txz\"")]
    [InlineData("\"name\": \"base\"", "\"name\": \"a/b\"", "\"a/b\" is no name of a set")]
    [InlineData(One, "11", "the digest of base")]
    [InlineData("\"size\": 5", "\"size\": 0", "the size of base is 0")]
    [InlineData("\"size\": 5", "\"sise\": 5", "sise")]
    [InlineData("15.0-RELEASE", "../15", "\"../15\" for \"amd64\" is no release")]
    [InlineData("\"amd64\"", "null", "architecture")]
    [InlineData("]", "", "")]
    public void A_wrong_lock_file_is_refused(string from, string to, string expected)
    {
        var exception = Assert.Throws<SourceException>(() =>
            SetsLockFile.Parse(
                Bytes.Of(Text.Replace(from, to, StringComparison.Ordinal)),
                "edge.lock.json"
            )
        );
        Assert.Equal(SourceFailure.Malformed, exception.Failure);
        Assert.StartsWith("edge.lock.json: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_pinned_twice_is_refused()
    {
        var twice = Pins with { Sets = [Pins.Sets[0], Pins.Sets[0]] };
        var exception = Assert.Throws<SourceException>(() =>
            SetsLockFile.Parse(SetsLockFile.Format(twice), "edge.lock.json")
        );
        Assert.Contains("kernel is pinned twice", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Changes_between_locks_are_told_one_per_line()
    {
        var after = new SetsLock(
            "15.1-RELEASE",
            "amd64",
            [new LockedSet("base", "base.txz", 6, Two), new LockedSet("lib32", "lib32.txz", 1, One)]
        );
        Assert.Equal(
            [
                "release: 15.0-RELEASE -> 15.1-RELEASE",
                $"base: 5 bytes, sha256 {One} -> 6 bytes, sha256 {Two}",
                "kernel: no longer pinned",
                $"lib32: pinned, 1 bytes, sha256 {One}",
            ],
            after.ChangesSince(Pins)
        );
        Assert.Equal(2, Pins.ChangesSince(null).Count);
    }
}
