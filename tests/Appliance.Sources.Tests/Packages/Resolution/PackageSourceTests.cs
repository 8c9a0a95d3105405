using Appliance.Sources.Packages.Archives;
using Appliance.Sources.Packages.Repositories;
using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Packages.Signatures;
using Appliance.Sources.Store;
using Appliance.Sources.Tests.Packages.Support;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Packages.Resolution;

/// <summary>From a repository of the real pkg to layers, by a folder, a mirror, and a lock.</summary>
public sealed class PackageSourceTests : RepositoryFixture
{
    private const string CachedRepository = "cache/packages/FreeBSD:15:amd64/latest";

    [Fact]
    public async Task A_folder_is_read_in_place_and_its_packages_become_layers()
    {
        var repository = Local(Folder("fingerprints-rsa"), Trust(Fingerprint("rsa")));
        var resolved = await Resolve(Request(repository, "misc/tiny"));
        Assert.Equal(
            ["tiny-1.0_1,1", "tinylib-2.3"],
            resolved.Packages.Select(package => package.FullName)
        );
        Assert.Equal([false, true], resolved.Packages.Select(package => package.IsAutomatic));
        Assert.All(resolved.Packages, package => Assert.Equal(PackageState.Cached, package.State));
        Assert.False(resolved.Pinned);

        var fetched = await Fetch(resolved);
        Assert.All(
            fetched.Packages,
            package => Assert.Equal(Bytes.Sha256(File.ReadAllBytes(package.Path)), package.Sha256)
        );
        var layers = fetched.Packages.Select(Decode).ToList();
        Assert.Equal(
            ["tinylib", "tiny"],
            PackageOrder.Sort(layers, layer => layer.Manifest).Select(layer => layer.Manifest.Name)
        );
        Assert.Empty(directory.Files("cache/packages"));
    }

    /// <summary>Answers of <c>pkg install -n</c>, see Fixtures/make.sh.</summary>
    [Fact]
    public async Task The_packages_are_those_that_pkg_would_install()
    {
        var repository = Local(Folder("unsigned"), SignaturePolicy.UnsignedIAcceptAnything);
        var answers = File.ReadAllLines(PackageFixtures.File("installs.txt"));
        Assert.True(answers.Length >= 8);
        foreach (var answer in answers)
        {
            var (request, expected) = (
                answer.Split(" = ")[0].Trim('='),
                answer.Split('=')[1].Trim()
            );
            var wanted = Request(repository, request.Trim().Split(' '));
            if (expected.Length == 0)
            {
                await Refused(SourceFailure.Unresolvable, wanted);
                continue;
            }

            var found = (await Resolve(wanted)).Packages.Select(package => package.FullName);
            Assert.Equal(expected, string.Join(' ', found.Order(StringComparer.Ordinal)));
        }
    }

    [Fact]
    public async Task What_pkg_put_into_a_package_comes_out_of_it()
    {
        var repository = Local(Folder("unsigned"), SignaturePolicy.UnsignedIAcceptAnything);
        var fetched = await Fetch(await Resolve(Request(repository, "tiny")));
        var (manifest, layer) = (
            Decode(fetched.Packages[0]).Manifest,
            Decode(fetched.Packages[0]).Layer
        );
        Assert.Equal("cpe:2.3:a:example:tiny:1.0", manifest.Annotation("cpe"));
        Assert.Equal(["tinyd"], manifest.Users);
        Assert.Equal(
            ["DOCS=off", "TLS=on"],
            manifest.Options.Select(option => $"{option.Key}={option.Value}")
        );
        Assert.Equal("echo 100% done", Assert.Single(manifest.Scripts).Text);
        Assert.StartsWith(
            "-- args: etc/tiny.conf.sample\n",
            manifest.LuaScripts[0].Text,
            StringComparison.Ordinal
        );
        Assert.Contains("\"%S+\"", manifest.LuaScripts[0].Text, StringComparison.Ordinal);
        Assert.Equal(["libtiny.so.2"], manifest.SharedLibrariesRequired);
        Assert.Equal(
            [
                "usr/local/bin/tiny File 20",
                "usr/local/bin/tiny-absolute SymbolicLink 0",
                "usr/local/bin/tiny-elf File " + layer.Entries[2].Length,
                "usr/local/bin/tiny-hard HardLink 0",
                "usr/local/bin/tiny-link SymbolicLink 0",
                "usr/local/etc/tiny.conf.sample File 12",
                "var/db/tiny Directory 0",
            ],
            layer.Entries.Select(entry => $"{entry.Path} {entry.Kind} {entry.Length}")
        );
        Assert.Equal(
            (0x1E8, "root", "wheel"),
            (layer.Entries[6].Mode, layer.Entries[6].UserName, layer.Entries[6].GroupName)
        );
        Assert.Equal(1767323045, manifest.Files[0].ModifiedSeconds);
    }

    [Fact]
    public async Task A_mirror_fills_the_cache_and_the_cache_needs_no_mirror()
    {
        Serve("fingerprints-ecc");
        var request = Request(Remote(Trust(Fingerprint("ecc"))), "tiny");
        var resolved = await Resolve(request);
        Assert.Equal(["repo/meta.conf", "repo/data.pkg"], Asked());
        Assert.All(resolved.Packages, package => Assert.Equal(PackageState.Missing, package.State));
        var fetched = await Fetch(resolved);
        Assert.Equal(
            [
                $"{CachedRepository}/All/tiny-1.0_1,1.pkg",
                $"{CachedRepository}/All/tinylib-2.3.pkg",
                $"{CachedRepository}/data.pkg",
                $"{CachedRepository}/meta.conf",
            ],
            directory.Files("cache/packages")
        );
        Assert.Equal(4, server.Log.Count);

        var again = await Fetch(await Resolve(request with { Offline = true }));
        Assert.Equal(
            fetched.Packages.Select(package => package.Sha256),
            again.Packages.Select(package => package.Sha256)
        );
        Assert.Equal(4, server.Log.Count);

        await Resolve(request with { RefreshCatalogues = true });
        Assert.Equal(6, server.Log.Count);
    }

    [Fact]
    public async Task A_lock_needs_neither_catalogue_nor_network()
    {
        Serve("fingerprints-ecc");
        var request = Request(Remote(Trust(Fingerprint("ecc"))), "tiny");
        var pins = (await Fetch(await Resolve(request))).ToLock();
        Assert.Equal(["tiny"], pins.Requests);
        foreach (var file in new[] { "meta.conf", "data.pkg" })
        {
            File.Delete(directory.File($"{CachedRepository}/{file}"));
        }

        var count = server.Log.Count;
        var pinned = await Fetch(await Resolve(request with { Lock = pins, Offline = true }));
        Assert.True(pinned.Pinned);
        Assert.Equal(pins.Packages, pinned.ToLock().Packages);
        Assert.Equal(count, server.Log.Count);

        File.Delete(pinned.Packages[0].Path);
        var fetched = await Fetch(await Resolve(request with { Lock = pins }));
        Assert.Equal(count + 1, server.Log.Count);
        Assert.Equal("tiny", Decode(fetched.Packages[0]).Manifest.Name);
    }

    [Fact]
    public async Task A_lock_for_other_wishes_another_system_or_a_repository_that_is_gone_is_refused()
    {
        var repository = Local(Folder("unsigned"), SignaturePolicy.UnsignedIAcceptAnything);
        var request = Request(repository, "tiny");
        var pins = (await Fetch(await Resolve(request))).ToLock();
        Assert.Contains(
            "made for the packages tiny, but bigger, tiny are wanted",
            await Refused(
                SourceFailure.Mismatch,
                request with
                {
                    Lock = pins,
                    Packages = ["tiny", "bigger"],
                }
            )
        );
        Assert.Contains(
            "tiny for FreeBSD:15:amd64, but the image is FreeBSD:16:amd64",
            await Refused(
                SourceFailure.Mismatch,
                request with
                {
                    Lock = pins,
                    System = TargetSystem.Of("16.0-RELEASE", "amd64"),
                }
            )
        );
        Assert.Contains(
            "the repository latest, which is not named any more",
            await Refused(
                SourceFailure.Mismatch,
                request with
                {
                    Lock = pins,
                    Repositories = [repository with { Name = "quarterly" }],
                }
            )
        );
    }

    [Theory]
    [InlineData("hashed", "All/Hashed/tiny-1.0_1,1~2$")]
    [InlineData("xz", "All/tiny-1.0_1,1.pkg")]
    [InlineData("unsigned", "All/tiny-1.0_1,1.pkg")]
    public async Task Every_form_of_repository_is_read(string kind, string path)
    {
        var folder = Folder(kind);
        var request = Request(Local(folder, SignaturePolicy.UnsignedIAcceptAnything), "tiny") with
        {
            Lock = null,
        };
        if (kind == "hashed")
        {
            var message = await Refused(SourceFailure.Missing, request);
            Assert.Contains(path, message, StringComparison.Ordinal);
            return;
        }

        Assert.Equal(path, (await Resolve(request)).Packages[0].RepositoryPath);
        File.Delete(Path.Combine(folder, "data.pkg"));
        Assert.Equal(path, (await Resolve(request)).Packages[0].RepositoryPath);
        if (kind == "xz")
        {
            File.Move(
                Path.Combine(folder, "packagesite.pkg"),
                Path.Combine(folder, "packagesite.txz")
            );
            Assert.Equal(path, (await Resolve(request)).Packages[0].RepositoryPath);
        }
    }

    [Fact]
    public async Task A_repository_of_the_first_version_is_read_by_its_old_names()
    {
        var folder = Folder("version1");
        File.Delete(Path.Combine(folder, "data.pkg"));
        File.Move(
            Path.Combine(folder, "packagesite.pkg"),
            Path.Combine(folder, "packagesite.tzst")
        );
        Assert.Equal(
            2,
            (await Resolve(Request(Local(folder, KnownKey("rsa")), "tiny"))).Packages.Count
        );

        File.Delete(Path.Combine(folder, "meta.conf"));
        var meta = Bytes.Of("version = 1;\npacking_format = \"tzst\";\n");
        directory.Write(
            "repository/meta.txz",
            PackageBuilder.Gzip(new TarBuilder().File("meta", meta).Build())
        );
        Assert.Contains(
            "it is not signed",
            await Refused(SourceFailure.Untrusted, Request(Local(folder, KnownKey("rsa")), "tiny"))
        );
        File.Delete(Path.Combine(folder, "meta.txz"));
        Assert.Equal(
            2,
            (await Resolve(Request(Local(folder, KnownKey("rsa")), "tiny"))).Packages.Count
        );
    }

    [Fact]
    public async Task A_mirror_without_the_new_catalogue_is_asked_for_the_old_one()
    {
        Serve("xz");
        foreach (var gone in new[] { "data.pkg", "packagesite.pkg" })
        {
            server.On($"repo/{gone}", (_, answer) => answer.StatusAsync("404 Not Found"));
        }

        var packed = File.ReadAllBytes(PackageFixtures.File("repositories/xz/packagesite.pkg"));
        server.Serve("repo/packagesite.txz", packed);
        var resolved = await Resolve(
            Request(Remote(SignaturePolicy.UnsignedIAcceptAnything), "tiny")
        );
        Assert.Equal(2, resolved.Packages.Count);
        Assert.Equal(
            [
                "repo/meta.conf",
                "repo/data.pkg",
                "repo/data.txz",
                "repo/packagesite.pkg",
                "repo/packagesite.txz",
            ],
            Asked()
        );
    }

    [Fact]
    public async Task An_untrusted_catalogue_leaves_the_cache_as_it_was()
    {
        Serve("fingerprints-ecc");
        var trusted = Request(Remote(Trust(Fingerprint("ecc"))), "tiny");
        await Resolve(trusted);
        var before = File.ReadAllBytes(directory.File($"{CachedRepository}/data.pkg"));
        server.Serve(
            "repo/data.pkg",
            File.ReadAllBytes(PackageFixtures.File("repositories/fingerprints-rsa/data.pkg"))
        );
        var message = await Refused(
            SourceFailure.Untrusted,
            trusted with
            {
                RefreshCatalogues = true,
            }
        );
        Assert.Contains($"{server.Url}repo/data.pkg", message);
        Assert.Equal(before, File.ReadAllBytes(directory.File($"{CachedRepository}/data.pkg")));
        Assert.Equal(2, directory.Files("cache/packages").Count);
        Assert.Equal(2, (await Resolve(trusted)).Packages.Count);
    }

    [Fact]
    public async Task A_package_that_is_another_one_than_the_catalogue_says_is_refused_and_not_kept()
    {
        Serve("fingerprints-ecc");
        var lib = File.ReadAllBytes(PackageFixtures.File("packages/tinylib-2.3.pkg"));
        server.Serve("repo/All/tinylib-2.3.pkg", Bytes.Flip(lib, 4000));
        var resolved = await Resolve(Request(Remote(Trust(Fingerprint("ecc"))), "tiny"));
        var refusal = await Assert.ThrowsAsync<SourceException>(() => Fetch(resolved));
        Assert.Equal(SourceFailure.Mismatch, refusal.Failure);
        Assert.Contains("tinylib-2.3: ", refusal.Message);
        Assert.Contains("All/tinylib-2.3.pkg is not the file it has to be", refusal.Message);
        Assert.DoesNotContain(
            directory.Files("cache"),
            file =>
                file.Contains("tinylib", StringComparison.Ordinal)
                && !file.EndsWith(".lock", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_damaged_package_of_a_folder_is_refused_by_name()
    {
        var folder = Folder("unsigned");
        var path = Path.Combine(folder, "All/tinylib-2.3.pkg");
        File.WriteAllBytes(path, Bytes.Flip(File.ReadAllBytes(path), 4000));
        var resolved = await Resolve(
            Request(Local(folder, SignaturePolicy.UnsignedIAcceptAnything), "tiny")
        );
        var refusal = await Assert.ThrowsAsync<SourceException>(() => Fetch(resolved));
        Assert.Equal(SourceFailure.Mismatch, refusal.Failure);
        Assert.Contains($"{path}: tinylib-2.3 is not the file", refusal.Message);
    }

    [Fact]
    public async Task A_damaged_package_of_the_cache_is_fetched_anew()
    {
        Serve("fingerprints-ecc");
        var request = Request(Remote(Trust(Fingerprint("ecc"))), "tiny");
        var fetched = await Fetch(await Resolve(request));
        var path = fetched.Packages[1].Path;
        var right = File.ReadAllBytes(path);
        File.WriteAllBytes(path, Bytes.Flip(right, 99));
        await Fetch(await Resolve(request));
        Assert.Equal(right, File.ReadAllBytes(path));
    }

    [Fact]
    public async Task A_stalled_mirror_is_given_up()
    {
        Serve("fingerprints-ecc");
        server.On("repo/data.pkg", (_, answer) => answer.StallAsync());
        var message = await Refused(
            SourceFailure.Unavailable,
            Request(Remote(Trust(Fingerprint("ecc"))), "tiny"),
            patience: 0.2
        );
        Assert.Contains("sent nothing for 0.2 s; gave up after 2 attempts", message);
        Assert.Contains("the repository latest", message);
    }

    [Fact]
    public async Task Without_network_and_without_a_catalogue_it_is_said_what_to_bring()
    {
        var message = await Refused(
            SourceFailure.Missing,
            Request(Remote(Trust(Fingerprint("ecc"))), "tiny") with
            {
                Offline = true,
            }
        );
        Assert.Contains("has no catalogue in", message);
        Assert.Contains("Put meta.conf and data.pkg into", message);
        Assert.Empty(server.Log);
    }

    [Theory]
    [InlineData("ftp://example.org/x", "none of http, https or file")]
    [InlineData("https://example.org/${ALTABI}", "the variable ALTABI")]
    [InlineData("not a url", "none of http, https or file")]
    public async Task A_wrong_url_is_refused(string url, string reason)
    {
        var repository = Remote(SignaturePolicy.UnsignedIAcceptAnything) with { Url = url };
        Assert.Contains(
            reason,
            await Refused(SourceFailure.BadRequest, Request(repository, "tiny"))
        );
    }

    [Fact]
    public async Task Variables_of_the_url_are_those_of_pkg_conf()
    {
        Serve("unsigned");
        var repository = Remote(SignaturePolicy.UnsignedIAcceptAnything) with
        {
            Url = $"pkg+{server.Url}${{ABI}}/base_release_${{RELEASE}}/${{ARCH}}",
        };
        await Refused(SourceFailure.Unavailable, Request(repository, "tiny"));
        Assert.Equal("/FreeBSD:15:amd64/base_release_15/amd64/meta.conf", server.Log[0].Path);
    }

    [Fact]
    public async Task A_file_url_is_a_folder()
    {
        var folder = Folder("unsigned");
        var repository = Remote(SignaturePolicy.UnsignedIAcceptAnything) with
        {
            Url = $"file://{folder}",
        };
        Assert.Equal(2, (await Resolve(Request(repository, "tiny"))).Packages.Count);
    }

    [Fact]
    public async Task Two_repositories_of_one_name_and_a_name_that_is_a_path_are_refused()
    {
        var repository = Local(Folder("unsigned"), SignaturePolicy.UnsignedIAcceptAnything);
        Assert.Contains(
            "two repositories with the name latest",
            await Refused(
                SourceFailure.BadRequest,
                Request(repository, "tiny") with
                {
                    Repositories = [repository, repository],
                }
            )
        );
        Assert.Contains(
            "no name of a repository",
            await Refused(
                SourceFailure.BadRequest,
                Request(repository with { Name = "../x" }, "tiny")
            )
        );
    }

    [Fact]
    public async Task Trust_can_be_read_from_a_folder_and_from_the_base_set()
    {
        var folder = Folder("fingerprints-ecc");
        directory.Write(
            "keys/trusted/one",
            Bytes.Of($"function: \"sha256\"\nfingerprint: \"{Fingerprint("ecc")}\"\n")
        );
        directory.Write(
            "keys/revoked/two",
            Bytes.Of($"function: sha256\nfingerprint: {Fingerprint("rsa")}")
        );
        var trust = Fingerprints.FromDirectory(directory.File("keys"));
        Assert.Equal([Fingerprint("rsa")], trust.Revoked);
        Assert.Equal(2, (await Resolve(Request(Local(folder, trust), "tiny"))).Packages.Count);

        var refusal = Assert.Throws<SourceException>(() =>
            Fingerprints.FromDirectory(directory.File("none"))
        );
        Assert.Equal(SourceFailure.Untrusted, refusal.Failure);
        directory.Write("keys/trusted/bad", Bytes.Of("fingerprint: 12"));
        Assert.Contains(
            "trusted/bad: its function is not sha256",
            Assert
                .Throws<SourceException>(() => Fingerprints.FromDirectory(directory.File("keys")))
                .Message
        );
    }

    [Fact]
    public void Trust_version_and_libraries_of_a_release_are_those_of_its_base_set()
    {
        ForeignTool.RequireAll("xz");
        var header = Bytes.Of("/* x */\n#define __FreeBSD_version 1500068\t/* Master */\n");
        var set = Bytes.Set(
            directory,
            Bytes.Xz(
                new TarBuilder()
                    .File("./usr/include/sys/param.h", header)
                    .File("./lib/libc.so.7")
                    .Symlink("./usr/lib/libz.so", "libz.so.6")
                    .File("./usr/lib32/libm.so.5")
                    .File("./usr/lib/libfoo.a")
                    .File("./usr/lib/nosuch.so.1")
                    .File("./usr/lib/debug/libd.so.1")
                    .File(
                        "./usr/share/keys/pkg/trusted/one",
                        Bytes.Of($"function: \"sha256\"\nfingerprint: \"{new string('a', 64)}\"")
                    )
                    .Build()
            )
        );
        var layer = new LayerStore(directory.Cache).Get(
            set,
            token: TestContext.Current.CancellationToken
        );
        var system = TargetSystem.Of("15.0-RELEASE", "amd64", [layer]);
        Assert.Equal(("FreeBSD:15:amd64", 1500068), (system.Abi, system.OsVersion));
        Assert.Equal(
            ["libc.so.7", "libm.so.5:32", "libz.so"],
            system.Libraries!.Order(StringComparer.Ordinal)
        );
        Assert.Equal([new string('a', 64)], Fingerprints.FromLayer(layer).Trusted);
        Assert.Throws<SourceException>(() =>
            Fingerprints.FromLayer(layer, Fingerprints.BaseKeys(15))
        );
    }

    private IEnumerable<string> Asked() => server.Log.Select(asked => asked.Path.TrimStart('/'));

    private PackageLayer Decode(ResolvedPackage package) =>
        new PackageStore(directory.Cache).Get(
            package,
            token: TestContext.Current.CancellationToken
        );
}
