using System.Text;
using Appliance.Sources.Packages.Manifests;
using Appliance.Sources.Tests.Packages.Support;

namespace Appliance.Sources.Tests.Packages.Manifests;

public class ManifestReaderTests
{
    private const string Smallest =
        """{"name":"tiny","version":"1.0","origin":"misc/tiny","abi":"FreeBSD:15:amd64"}""";

    [Fact]
    public void Every_key_that_pkg_writes_is_read()
    {
        var manifest = Parse(
            """
            {"name":"frr10","origin":"net/frr10","version":"10.2.1_3,1","comment":"Routing","maintainer":"net@example.org",
             "www":"https://example.org","abi":"FreeBSD:15:amd64","arch":"freebsd:15:x86:64","prefix":"/usr/local",
             "sum":"2$2$x","flatsize":12345,"path":"All/frr10.pkg","repopath":"All/frr10.pkg","licenselogic":"or",
             "licenses":["GPLv2","LGPL21"],"pkgsize":4711,"vital":true,"desc":"50%25 more%0aroutes",
             "deps":{"libyang2":{"origin":"devel/libyang2","version":"2.1"},"c-ares":{"origin":"dns/c-ares","version":1}},
             "categories":["net"],"users":["frr"],"groups":["frr",{"frrvty":"frrvty"}],
             "shlibs_required":["libcares.so.2"],"shlibs_provided":["libfrr.so.0"],"conflicts":["quagga"],
             "provides":["routing"],"requires":["kernel"],"options":{"RPKI":"on","SNMP":false},
             "annotations":{"FreeBSD_version":"1500068","flavor":"default"},
             "files":{"/usr/local/sbin/zebra":{"sum":"1$aa","uname":"root","gname":"frr","perm":"04755","fflags":"schg","mtime":7},
                      "/usr/local/share/%c3%bc":"1$bb","/usr/local/lib/l.so":{"sum":"1$cc","symlink_target":"l.so.1"}},
             "config":["/usr/local/etc/frr/daemons"],
             "directories":{"/var/run/frr/":{"uname":"frr","gname":"frr","perm":"0750"},"/var/log/frr":"y"},
             "scripts":{"post-install":"#!/bin/sh%0aecho 100%25","install":"x"},
             "lua_scripts":{"pre-install":["print(1)","match('%20')"]},
             "messages":[{"message":"read me","type":"install"},{"message":"up","type":"upgrade","maximum_version":"9"}],
             "some_new_key":{"a":[1]}}
            """
        );
        Assert.Equal("10.2.1_3,1", manifest.Version);
        Assert.Equal("FreeBSD:15:amd64", manifest.Abi);
        Assert.Equal("50% more\nroutes", manifest.Description);
        Assert.Equal(LicenseLogic.Or, manifest.LicenseLogic);
        Assert.Equal((12345, 4711), (manifest.FlatSize, manifest.PackageSize));
        Assert.True(manifest.IsVital);
        Assert.Equal(
            ["libyang2 2.1", "c-ares 1"],
            manifest.Dependencies.Select(dep => $"{dep.Name} {dep.Version}")
        );
        Assert.Equal(["frr", "frrvty"], manifest.Groups);
        Assert.Equal(
            ["RPKI=on", "SNMP=off"],
            manifest.Options.Select(option => $"{option.Key}={option.Value}")
        );
        Assert.Equal("1500068", manifest.Annotation("FreeBSD_version"));
        Assert.Null(manifest.Annotation("cpe"));
        var zebra = manifest.Files[0];
        Assert.Equal(
            (Convert.ToInt32("4755", 8), "frr", 0x20000u, 7L),
            (zebra.Mode, zebra.GroupName, zebra.Flags, zebra.ModifiedSeconds)
        );
        Assert.Equal("/usr/local/share/ü", manifest.Files[1].Path);
        Assert.Equal("l.so.1", manifest.Files[2].SymbolicLinkTarget);
        Assert.Equal(
            ["/var/run/frr", "/var/log/frr"],
            manifest.Directories.Select(directory => directory.Path)
        );
        Assert.Equal(
            [
                (PackageScriptKind.PostInstall, "#!/bin/sh\necho 100%"),
                (PackageScriptKind.Install, "x"),
            ],
            manifest.Scripts.Select(script => (script.Kind, script.Text))
        );
        Assert.Equal(
            ["print(1)", "match('%20')"],
            manifest.LuaScripts.Select(script => script.Text)
        );
        Assert.Equal(PackageMessageKind.Upgrade, manifest.Messages[1].Kind);
    }

    [Fact]
    public void A_package_may_have_little_to_say()
    {
        var manifest = Parse(Smallest);
        Assert.Empty(manifest.Files);
        Assert.Equal(LicenseLogic.One, manifest.LicenseLogic);
        Assert.Null(manifest.Sum);
    }

    [Theory]
    [InlineData("""[]""", "not an object")]
    [InlineData("""{"name":"x"}""", "version is missing")]
    [InlineData("""{"name":"a/b","version":"1","origin":"o","abi":"a"}""", "no name of a package")]
    [InlineData("""{"name":"a","version":"1/2","origin":"o","abi":"a"}""", "no version")]
    [InlineData(
        """{"name":"a","name":"b","version":"1","origin":"o","abi":"a"}""",
        "name is there twice"
    )]
    [InlineData("""{"name":"a","version":"1","origin":"o"}""", "abi is missing")]
    [InlineData(
        """{"name":"a","version":"1","origin":"o","abi":"a","flatsize":-1}""",
        "number of bytes"
    )]
    [InlineData(
        """{"name":"a","version":"1","origin":"o","abi":"a","files":{"/a/../b":"-"}}""",
        "leads upwards"
    )]
    [InlineData(
        """{"name":"a","version":"1","origin":"o","abi":"a","files":{"/a":"-","//a":"-"}}""",
        "/a is there twice"
    )]
    [InlineData(
        """{"name":"a","version":"1","origin":"o","abi":"a","files":{"/a":{"perm":"0999"}}}""",
        "not octal"
    )]
    [InlineData(
        """{"name":"a","version":"1","origin":"o","abi":"a","files":{"/a":{"perm":"100644"}}}""",
        "not octal"
    )]
    [InlineData(
        """{"name":"a","version":"1","origin":"o","abi":"a","files":{"/a":{"fflags":"shiny"}}}""",
        "chflags"
    )]
    [InlineData(
        """{"name":"a","version":"1","origin":"o","abi":"a","files":{"/%ff":"-"}}""",
        "not UTF-8"
    )]
    [InlineData(
        """{"name":"a","version":"1","origin":"o","abi":"a","scripts":{"at-night":"x"}}""",
        "kind that is not known"
    )]
    [InlineData(
        """{"name":"a","version":"1","origin":"o","abi":"a","deps":["b"]}""",
        "deps is not an object"
    )]
    [InlineData(
        """{"name":"a","version":"1","origin":"o","abi":"a","deps":{"b":{}}}""",
        "deps.b.origin is missing"
    )]
    [InlineData(
        """{"name":"a","version":"1","origin":"o","abi":"a","licenselogic":"xor"}""",
        "licenselogic"
    )]
    [InlineData("""{"name":"a",""", "no manifest")]
    public void What_is_wrong_is_refused_by_name(string json, string reason)
    {
        var refusal = Assert.Throws<SourceException>(() => Parse(json));
        Assert.Equal(SourceFailure.Malformed, refusal.Failure);
        Assert.StartsWith("tiny.pkg: ", refusal.Message);
        Assert.Contains(reason, refusal.Message);
    }

    /// <summary>Seeded and bounded: what the real pkg wrote, with a few bytes changed.</summary>
    [Fact]
    public void A_spoiled_manifest_is_read_or_refused_and_nothing_else()
    {
        var random = new Random(13);
        var good = Encoding.UTF8.GetBytes(
            File.ReadAllText(PackageFixtures.File("manifest.json")).Trim()
        );
        Assert.Equal("tiny", PackageManifest.Parse(good, "tiny.pkg").Name);
        var refused = 0;
        for (var round = 0; round < 5000; round++)
        {
            var spoiled = (byte[])good.Clone();
            for (var count = random.Next(1, 5); count > 0; count--)
            {
                spoiled[random.Next(spoiled.Length)] =
                    random.Next(2) == 0
                        ? (byte)random.Next(256)
                        : (byte)"{}[]\",:%0-/"[random.Next(11)];
            }

            try
            {
                _ = PackageManifest.Parse(spoiled, "tiny.pkg");
            }
            catch (SourceException exception)
            {
                Assert.Equal(SourceFailure.Malformed, exception.Failure);
                refused++;
            }
        }

        Assert.InRange(refused, 500, 4999);
    }

    private static PackageManifest Parse(string json) =>
        PackageManifest.Parse(Encoding.UTF8.GetBytes(json), "tiny.pkg");
}
