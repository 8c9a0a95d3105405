using System.Text;
using Appliance.Sources.Packages.Locks;
using Appliance.Sources.Sets;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Packages.Locks;

public class PackagesLockTests
{
    private const string One = "1111111111111111111111111111111111111111111111111111111111111111";
    private const string Two = "2222222222222222222222222222222222222222222222222222222222222222";

    private static readonly LockedPackage Frr = new(
        "frr10",
        "10.2.1_3",
        "net/frr10",
        "FreeBSD:15:amd64",
        "latest",
        "All/Hashed/frr10-10.2.1_3~2.pkg",
        4711,
        One,
        false
    );

    private static readonly LockedPackage Yang = Frr with
    {
        Name = "libyang2",
        Version = "2.1.148",
        Origin = "devel/libyang2",
        Path = "All/libyang2.pkg",
        Automatic = true,
    };

    private static readonly SetsLock Pins = new(
        "15.0-RELEASE",
        "amd64",
        [new LockedSet("base", "base.txz", 5, Two)],
        new PackagesLock(["net/frr10"], [Yang, Frr])
    );

    [Fact]
    public void Packages_stand_in_the_lock_by_name()
    {
        var text = Encoding.UTF8.GetString(SetsLockFile.Format(Pins));
        Assert.EndsWith(
            $$"""
              "packages": {
                "requests": [
                  "net/frr10"
                ],
                "pinned": [
                  {
                    "name": "frr10",
                    "version": "10.2.1_3",
                    "origin": "net/frr10",
                    "abi": "FreeBSD:15:amd64",
                    "repository": "latest",
                    "path": "All/Hashed/frr10-10.2.1_3~2.pkg",
                    "size": 4711,
                    "sha256": "{{One}}",
                    "automatic": false
                  },
                  {
                    "name": "libyang2",
                    "version": "2.1.148",
                    "origin": "devel/libyang2",
                    "abi": "FreeBSD:15:amd64",
                    "repository": "latest",
                    "path": "All/libyang2.pkg",
                    "size": 4711,
                    "sha256": "{{One}}",
                    "automatic": true
                  }
                ]
              }
            }

            """,
            text,
            StringComparison.Ordinal
        );
        var read = Parse(text);
        Assert.Equal([Frr, Yang], read.Packages!.Packages);
        Assert.Empty(read.ChangesSince(Pins));
        Assert.True(read.Packages.IsFor(["net/frr10"]));
        Assert.False(read.Packages.IsFor(["net/frr10", "bird2"]));
    }

    [Theory]
    [InlineData("\"frr10\"", "\"../frr10\"", "no name of a package")]
    [InlineData("\"libyang2\"", "\"frr10\"", "the package frr10 is pinned twice")]
    [InlineData("All/libyang2.pkg", "All/../../x.pkg", "the path of the package libyang2")]
    [InlineData("All/libyang2.pkg", "/etc/passwd", "the path of the package libyang2")]
    [InlineData("\"latest\"", "\"..\"", "the repository of the package frr10")]
    [InlineData("4711", "-1", "the size of the package frr10 is -1")]
    [InlineData(One, "11", "the digest of the package frr10")]
    [InlineData("\"pinned\"", "\"found\"", "found")]
    public void A_wrong_lock_is_refused(string from, string to, string expected)
    {
        var text = Encoding.UTF8.GetString(SetsLockFile.Format(Pins));
        var refusal = Assert.Throws<SourceException>(() =>
            Parse(text.Replace(from, to, StringComparison.Ordinal))
        );
        Assert.Equal(SourceFailure.Malformed, refusal.Failure);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_changes_is_data_and_lines()
    {
        var after = new PackagesLock(
            ["frr10", "bird2"],
            [Frr with { Version = "10.10", Sha256 = Two }, Frr with { Name = "bird2" }]
        );
        var changes = PackagesLock.Changes(Pins.Packages, after);
        Assert.Equal(
            [
                ("bird2", PackageChangeKind.Added),
                ("frr10", PackageChangeKind.Upgraded),
                ("libyang2", PackageChangeKind.Removed),
            ],
            changes.Select(change => (change.Name, change.Kind))
        );
        Assert.Equal(
            $"frr10: 10.2.1_3, 4711 bytes, sha256 {One} -> 10.10, 4711 bytes, sha256 {Two}",
            changes[1].ToString()
        );
        Assert.Equal(
            "libyang2: no longer pinned",
            (Pins with { Packages = after }).ChangesSince(Pins)[^1]
        );
        var rebuilt = new PackagesLock([], [Frr with { Sha256 = Two }, Yang]);
        Assert.Equal(
            PackageChangeKind.Rebuilt,
            Assert.Single(PackagesLock.Changes(Pins.Packages, rebuilt)).Kind
        );
        Assert.Equal(
            PackageChangeKind.Downgraded,
            PackagesLock.Changes(after, Pins.Packages).First(change => change.Name == "frr10").Kind
        );
    }

    private static SetsLock Parse(string text) =>
        SetsLockFile.Parse(Bytes.Of(text), "edge.lock.json");
}
