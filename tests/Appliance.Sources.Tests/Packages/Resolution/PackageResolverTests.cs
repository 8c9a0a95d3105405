using Appliance.Sources.Packages.Repositories;
using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Packages.Signatures;
using Appliance.Sources.Tests.Packages.Support;

namespace Appliance.Sources.Tests.Packages.Resolution;

public class PackageResolverTests
{
    private static readonly TargetSystem System15 = new()
    {
        Abi = "FreeBSD:15:amd64",
        OsVersion = 1500068,
        Libraries = new HashSet<string>(StringComparer.Ordinal) { "libc.so.7" },
    };

    private readonly CatalogueBuilder latest = new();
    private readonly CatalogueBuilder quarterly = new();

    [Fact]
    public void Dependencies_come_along_and_say_so()
    {
        latest
            .Add("frr10", more: "\"deps\":[\"libyang2\",\"c-ares\"]")
            .Add("libyang2", more: "\"deps\":[\"pcre2\"]")
            .Add("pcre2")
            .Add("c-ares")
            .Add("unrelated");
        var choices = Choices("frr10");
        Assert.Equal(["c-ares*", "frr10", "libyang2*", "pcre2*"], choices);
    }

    [Fact]
    public void A_package_that_is_asked_for_is_not_automatic_even_if_another_needs_it()
    {
        latest.Add("a", more: "\"deps\":[\"b\"]").Add("b");
        Assert.Equal(["a", "b"], Choices("a", "b"));
    }

    [Theory]
    [InlineData("frr10", "frr10")]
    [InlineData("frr10-10.2", "frr10")]
    [InlineData("net/frr10", "frr10")]
    [InlineData("ipv6/frr10", "frr10")]
    [InlineData("devel/py-yaml@py311", "py311-yaml")]
    [InlineData("devel/py-yaml@*", "py311-yaml py312-yaml")]
    [InlineData("frr*", "frr10 frr9")]
    [InlineData("*/frr?", "frr9")]
    [InlineData("py31?-yaml", "py311-yaml py312-yaml")]
    public void A_request_is_a_name_a_port_a_flavour_or_a_pattern(string request, string expected)
    {
        latest
            .Add("frr10", "10.2", "\"origin\":\"net/frr10\",\"categories\":[\"net\",\"ipv6\"]")
            .Add("frr9", "9.1", "\"origin\":\"net/frr9\"")
            .Add("py311-yaml", more: Python("py311"))
            .Add("py312-yaml", more: Python("py312"));
        Assert.Equal(expected.Split(' '), Choices(request));
    }

    [Theory]
    [InlineData("frr11", "frr11: no repository has it. There is frr10")]
    [InlineData("FRR10", "FRR10: no repository has it. There is frr10")]
    [InlineData("frr10-9.9", "frr10-9.9: no repository has it")]
    [InlineData("net/bird2", "net/bird2: no repository has it")]
    [InlineData(
        "devel/py-yaml",
        "devel/py-yaml: several packages are made of it: py311-yaml, py312-yaml. Name one of these"
    )]
    [InlineData("devel/py-yaml@py27", "no repository has it")]
    public void A_request_that_names_nothing_or_too_much_is_refused(string request, string reason)
    {
        latest
            .Add("frr10", "10.2", "\"origin\":\"net/frr10\"")
            .Add("py311-yaml", more: Python("py311"))
            .Add("py312-yaml", more: Python("py312"));
        Assert.Contains(reason, Refused(request));
    }

    [Fact]
    public void Of_the_packages_of_a_port_the_one_with_its_name_is_meant()
    {
        latest
            .Add("dns", more: "\"origin\":\"net/dns\"")
            .Add("dns-tools", more: "\"origin\":\"net/dns\"");
        Assert.Equal(["dns"], Choices("net/dns"));
    }

    [Fact]
    public void The_newest_version_is_taken_unless_another_is_named()
    {
        latest.Add("a", "1.9").Add("a", "1.10").Add("a", "1.10.b1");
        Assert.Equal("1.10", Versions("a"));
        Assert.Equal("1.9", Versions("a-1.9"));
        Assert.Contains("a-1.9 is asked for too", Refused("a-1.9", "a-1.10"));
    }

    [Fact]
    public void A_dependency_comes_from_the_repository_of_who_needs_it()
    {
        latest.Add("a", "1", "\"deps\":[\"b\"]").Add("b", "1");
        quarterly.Add("b", "2");
        Assert.Equal("1,1", Versions("a"));
    }

    [Fact]
    public void Priority_beats_version_and_version_beats_order()
    {
        latest.Add("a", "1");
        quarterly.Add("a", "2");
        Assert.Equal("2", Versions("a"));
        Assert.Equal(
            "1",
            string.Join(',', Resolve(priority: 1, "a").Select(choice => choice.Package.Version))
        );
    }

    [Fact]
    public void A_missing_dependency_names_who_needs_it_and_why_that_is_there()
    {
        latest.Add("a", more: "\"deps\":[\"b\"]").Add("b", more: "\"deps\":[\"gone\"]");
        Assert.Contains("b-1.0 (needed by a-1.0) needs gone: no repository has it", Refused("a"));
    }

    [Fact]
    public void All_reasons_are_told_at_once()
    {
        latest.Add("a", more: "\"deps\":[\"gone\"]");
        var message = Refused("a", "nothing");
        Assert.Contains("nothing: no repository has it", message);
        Assert.Contains("a-1.0 (asked for) needs gone", message);
    }

    [Fact]
    public void A_library_nobody_depends_on_by_name_is_found_by_who_provides_it()
    {
        latest
            .Add("a", more: "\"shlibs_required\":[\"libc.so.7\",\"libssl.so.35\"]")
            .Add(
                "openssl-lib",
                "1",
                "\"shlibs_provided\":[\"libssl.so.35\"],\"shlibs_required\":[\"libz.so.6\"]"
            )
            .Add(
                "openssl-lib",
                "2",
                "\"shlibs_provided\":[\"libssl.so.35\"],\"shlibs_required\":[\"libz.so.6\"]"
            )
            .Add("zlib", more: "\"shlibs_provided\":[\"libz.so.6\"]");
        Assert.Equal(["a", "openssl-lib*", "zlib*"], Choices("a"));
        Assert.Equal("1.0,2,1.0", Versions("a"));
    }

    [Fact]
    public void A_library_of_two_packages_has_to_be_chosen()
    {
        latest
            .Add("a", more: "\"shlibs_required\":[\"libGL.so.1\"]")
            .Add("mesa", more: "\"shlibs_provided\":[\"libGL.so.1\"]")
            .Add("nvidia", more: "\"shlibs_provided\":[\"libGL.so.1\"]");
        Assert.Contains(
            "a-1.0 (asked for) needs libGL.so.1, which several packages provide: mesa, nvidia. Ask for one of these",
            Refused("a")
        );
        Assert.Equal(["a", "mesa"], Choices("a", "mesa"));
    }

    [Fact]
    public void What_nothing_provides_is_refused_by_name()
    {
        latest
            .Add("a", more: "\"shlibs_required\":[\"libnone.so.1\"]")
            .Add("b", more: "\"requires\":[\"php\"]");
        Assert.Contains(
            "a-1.0 (asked for) needs libnone.so.1, which nothing provides",
            Refused("a")
        );
        Assert.Contains("b-1.0 (asked for) needs php, which nothing provides", Refused("b"));
    }

    [Fact]
    public void Where_the_base_system_is_not_known_its_libraries_are_taken_for_granted()
    {
        latest
            .Add("a", more: "\"shlibs_required\":[\"libunknown.so.1\",\"libz.so.6\"]")
            .Add("zlib", more: "\"shlibs_provided\":[\"libz.so.6\"]");
        var (choices, _) = Resolver(0, System15 with { Libraries = null }).Resolve(["a"]);
        Assert.Equal(["a", "zlib"], choices.Select(choice => choice.Package.Name));
    }

    [Fact]
    public void Libraries_for_32_bits_do_not_matter_where_the_base_system_has_none()
    {
        latest.Add("a", more: "\"shlibs_required\":[\"libc.so.7:32\"]");
        Assert.Equal(["a"], Choices("a"));
        var with32 = new HashSet<string>(StringComparer.Ordinal) { "libm.so.5:32" };
        var refusal = Assert.Throws<SourceException>(() =>
            Resolver(0, System15 with { Libraries = with32 }).Resolve(["a"])
        );
        Assert.Contains("libc.so.7:32, which nothing provides", refusal.Message);
    }

    [Fact]
    public void Features_are_found_by_who_provides_them()
    {
        latest
            .Add("a", more: "\"requires\":[\"php\"]")
            .Add("php84", more: "\"provides\":[\"php\"]");
        Assert.Equal(["a", "php84*"], Choices("a"));
    }

    [Fact]
    public void Packages_in_conflict_are_refused_with_the_reasons_for_both()
    {
        latest
            .Add("a", more: "\"deps\":[\"b\"]")
            .Add("b", more: "\"conflicts\":[\"c\",\"b\"]")
            .Add("c");
        Assert.Equal(["a", "b*"], Choices("a"));
        Assert.Contains(
            "b-1.0 (needed by a-1.0) is in conflict with c-1.0 (asked for)",
            Refused("a", "c")
        );
    }

    [Fact]
    public void A_loop_of_dependencies_is_refused_by_name()
    {
        latest
            .Add("start", more: "\"deps\":[\"a\"]")
            .Add("a", more: "\"deps\":[\"b\"]")
            .Add("b", more: "\"deps\":[\"c\",\"leaf\"]")
            .Add("c", more: "\"deps\":[\"a\"]")
            .Add("leaf");
        Assert.Contains("a dependency loop: a-1.0 -> b-1.0 -> c-1.0 -> a-1.0", Refused("start"));
        latest.Add("self", more: "\"deps\":[\"self\"]");
        Assert.Contains("a dependency loop: self-1.0 -> self-1.0", Refused("self"));
    }

    [Fact]
    public void A_package_for_another_system_is_refused_but_one_for_all_of_them_is_not()
    {
        latest
            .Add("old", more: "\"abi\":\"FreeBSD:14:amd64\"")
            .Add("arm", more: "\"abi\":\"FreeBSD:15:aarch64\"")
            .Add("any", more: "\"abi\":\"FreeBSD:15:*\"")
            .Add("short", more: "\"abi\":\"freebsd:15\"")
            .Add("needs", more: "\"deps\":[\"old\"]")
            .Add("both", "1", "\"abi\":\"FreeBSD:15:*\"")
            .Add("both", "2", "\"abi\":\"FreeBSD:14:*\"");
        Assert.Contains(
            "old: old-1.0 of latest is for FreeBSD:14:amd64, the image is FreeBSD:15:amd64",
            Refused("old")
        );
        Assert.Contains("arm-1.0 of latest is for FreeBSD:15:aarch64", Refused("arm"));
        Assert.Contains(
            "needs-1.0 (asked for) needs old: old-1.0 of latest is for",
            Refused("needs")
        );
        Assert.Equal(["any", "short"], Choices("any", "short"));
        Assert.Equal("1", Versions("both"));
    }

    [Theory]
    [InlineData("1500068", "")]
    [InlineData("1500000", "")]
    [InlineData("1501000", "tool-1.0 was made for FreeBSD 1501000, the image is 1500068")]
    [InlineData("nonsense", "")]
    public void A_package_of_a_later_release_is_told(string version, string warning)
    {
        latest.Add("tool", more: OsVersion(version));
        Assert.Contains(warning, string.Join('\n', Warnings("tool")));
        Assert.Equal(warning.Length > 0 ? 1 : 0, Warnings("tool").Count);
    }

    [Fact]
    public void A_package_of_a_later_major_release_is_refused()
    {
        latest.Add("tool", more: OsVersion("1600500"));
        Assert.Contains(
            "tool-1.0 (asked for) was made for FreeBSD 1600500, the image is 1500068",
            Refused("tool")
        );
    }

    [Theory]
    [InlineData("1500000")]
    [InlineData("1500500")]
    public void A_kernel_module_made_for_another_kernel_is_told(string version)
    {
        latest.Add("drm-kmod", more: "\"categories\":[\"graphics\",\"kld\"]," + OsVersion(version));
        Assert.Equal(
            $"drm-kmod-1.0 has kernel modules made for kernel version {version}, the image's kernel is 1500068: they may not load",
            Assert.Single(Warnings("drm-kmod"))
        );
    }

    [Fact]
    public void The_same_catalogues_in_another_order_give_the_same()
    {
        string[] names = ["d", "b", "a", "c"];
        foreach (var name in names)
        {
            latest.Add(name, more: name == "a" ? "\"deps\":[\"b\",\"c\",\"d\"]" : "");
        }

        var one = Choices("a");
        var turned = new PackageResolver(
            [Index("latest", 0, [.. latest.Manifests.Reverse()])],
            System15
        ).Resolve(["a"]);
        Assert.Equal(one, turned.Choices.Select(Shown));
    }

    private static string Python(string flavor) =>
        $"\"origin\":\"devel/py-yaml\",\"annotations\":{{\"flavor\":\"{flavor}\"}}";

    private static string OsVersion(string version) =>
        $"\"annotations\":{{\"FreeBSD_version\":\"{version}\"}}";

    private IEnumerable<string> Choices(params string[] requests) =>
        Resolve(priority: 0, requests).Select(Shown);

    private string Versions(params string[] requests) =>
        string.Join(',', Resolve(priority: 0, requests).Select(choice => choice.Package.Version));

    private IReadOnlyList<string> Warnings(params string[] requests) =>
        Resolver(0, System15).Resolve(requests).Warnings;

    private string Refused(params string[] requests)
    {
        var refusal = Assert.Throws<SourceException>(() => Resolver(0, System15).Resolve(requests));
        Assert.Equal(SourceFailure.Unresolvable, refusal.Failure);
        return refusal.Message;
    }

    private IReadOnlyList<Choice> Resolve(int priority, params string[] requests) =>
        Resolver(priority, System15).Resolve(requests).Choices;

    private PackageResolver Resolver(int priority, TargetSystem system) =>
        new(
            [
                Index("latest", priority, latest.Manifests),
                Index("quarterly", 0, quarterly.Manifests),
            ],
            system
        );

    private static PackageIndex Index(
        string name,
        int priority,
        IReadOnlyList<global::System.Text.Json.Nodes.JsonObject> manifests
    )
    {
        var builder = string.Concat(manifests.Select(manifest => manifest.ToJsonString() + "\n"));
        var repository = new PackageRepository
        {
            Name = name,
            Signature = SignaturePolicy.UnsignedIAcceptAnything,
            Priority = priority,
        };
        using var content = new MemoryStream(global::System.Text.Encoding.UTF8.GetBytes(builder));
        var packages = new CatalogueReader(CatalogueForm.Lines, repository.Limits).Read(
            content,
            TestContext.Current.CancellationToken
        );
        return new PackageIndex(repository, packages);
    }

    private static string Shown(Choice choice) =>
        choice.Package.Name + (choice.IsAutomatic ? "*" : "");
}
