using System.Reflection;
using System.Text;
using Appliance.Build.Seeds;
using Appliance.FirstBoot.Metadata;
using Appliance.FirstBoot.Signatures;
using Appliance.FirstBoot.Sources;
using Appliance.FirstBoot.State;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.Imaging.Disk;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Tests.Personalisation;

/// <summary>Nothing that is not signed opens an image with signing keys, whatever field of whatever source says it.</summary>
public sealed class UnsignedFieldTests : IDisposable
{
    private const string Hash = "$6$salt$abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Not in any document.</summary>
    private const string Anywhere = "0.0.0.0/0";

    private static readonly SiteDocument Doors = TestSites.Edge with
    {
        Serial = 99,
        Admin = new AdminDocument { SshKeys = [Seeds.Key], SshFrom = [Anywhere] },
    };

    private static readonly string Json = Encoding
        .UTF8.GetString(SiteDocumentJson.Write(Doors))
        .Replace("\n", "", StringComparison.Ordinal);

    /// <summary>Lines of user data: beside "appliance", or below it.</summary>
    private static readonly (string Top, string Below)[] Fields =
    [
        ($"ssh_authorized_keys: ['{Seeds.Key}']\n", ""),
        ($"users: [{{name: root, ssh_authorized_keys: ['{Seeds.Key}']}}]\n", ""),
        ("hostname: other\n", ""),
        ("password: hunter2\nchpasswd: {expire: false}\nssh_pwauth: true\n", ""),
        ("", $"  ssh_keys: ['{Seeds.Key}']\n"),
        ("", $"  ssh_from: [{Anywhere}, '::/0']\n"),
        ("", $"  console_password: {Hash}\n"),
        ("", "  site: router01\n"),
        ("", $"  document: '{Json}'\n"),
        ("", "  signature: 'none'\n"),
        ("", "  secrets: {ifog-md5: hunter2hunter2}\n"),
    ];

    private readonly SigningBench bench = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-door-");

    public void Dispose()
    {
        bench.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Every_member_of_what_a_source_knows_has_a_row_in_the_table()
    {
        string[] notFields =
        [
            nameof(Facts.Owner),
            nameof(Facts.Ignored),
            nameof(Facts.Problems),
            nameof(Facts.IsEmpty),
            nameof(OwnerData.None),
        ];
        var members = new[] { typeof(Facts), typeof(OwnerData) }
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .Select(property => property.Name)
            .Except(notFields);
        Assert.Empty(members.Except(UnsignedFields.All.Select(field => field.Member)));
    }

    [Fact]
    public void The_documentation_names_every_field_with_the_same_answer()
    {
        var page = File.ReadAllText(RepositoryRoot.Combine("docs", "signing.md"));
        foreach (var field in UnsignedFields.All)
        {
            Assert.Contains(
                $"| {field.Name} | {(field.IsAccepted ? "accepted" : "ignored")} |",
                page,
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void Facts_of_any_source_lose_every_door()
    {
        var random = new Random(20261201);
        for (var round = 0; round < 2000; round++)
        {
            var facts = Any(random);
            var kept = new UnsignedSources(hasSigners: true, onlySite: null)
                .Filter(SourceReading.Used("http", "provider", facts))
                .Facts;
            Assert.Empty(kept.SshKeys);
            Assert.Empty(kept.Owner.SshKeys);
            Assert.Empty(kept.Owner.SshFrom);
            Assert.Null(kept.Owner.ConsolePassword);
            Assert.Null(kept.Owner.SiteName);
            Assert.True(kept.Owner.Document is null || kept.Owner.Signature is not null);
            Assert.Equal(facts.InstanceId, kept.InstanceId);
            Assert.Equal(facts.Owner.Secrets, kept.Owner.Secrets);
            Assert.Equal(facts.Nameservers, kept.Nameservers);
        }
    }

    public static TheoryData<bool, bool> Images() =>
        new()
        {
            { true, true },
            { true, false },
            { false, true },
            { false, false },
        };

    [Theory]
    [MemberData(nameof(Images))]
    public void No_field_and_no_pair_of_fields_of_user_data_opens_the_machine(bool keys, bool from)
    {
        var image = Image(keys, from);
        foreach (var one in Fields)
        {
            foreach (var other in Fields)
            {
                var user =
                    $"#cloud-config\n{one.Top}{(other == one ? "" : other.Top)}"
                    + Below(one.Below + (other == one ? "" : other.Below));
                AssertClosed(image, () => bench.Boot(user), user);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void Keys_of_a_seed_medium_s_meta_data_open_nothing(bool keys, bool from)
    {
        (string, string)[] files =
        [
            (
                "meta-data",
                $"instance-id: i-1\nlocal-hostname: other\npublic-keys: ['{Seeds.Key}']\n"
            ),
            (
                "user-data",
                $"#cloud-config\nappliance: {{ssh_from: [{Anywhere}], console_password: {Hash}}}\n"
            ),
        ];
        var disk = Medium(SeedMedium.Iso(files, time: 0));
        AssertClosed(
            Image(keys, from),
            () =>
            {
                bench.Machine.Disks["/dev/cd0"] = disk;
                return bench.Boot();
            },
            "medium"
        );
    }

    private byte[] Medium(PartitionContent content)
    {
        var path = Path.Combine(folder.FullName, "seed");
        ImageFile.WriteContent(content, path);
        return File.ReadAllBytes(path);
    }

    private static string Below(string lines) => lines.Length == 0 ? "" : $"appliance:\n{lines}";

    private void AssertClosed(SiteDocument image, Func<EarlyStage> boot, string what)
    {
        bench.Machine.Files.Remove(ApplianceState.TargetPath);
        bench.Machine.Files.Remove(StateStore.DocumentPath);
        bench.Machine.Disks.Clear();
        bench.PutInImage(image);
        boot();
        var machine = bench.Machine;
        Assert.Equal(
            image.Admin.SshKeys.Count > 0 ? image.Admin.SshKeys[0] + "\n" : "\n",
            machine.Text("/root/.ssh/authorized_keys")
        );
        Assert.StartsWith("root:*:", machine.Text("/etc/master.passwd"), StringComparison.Ordinal);
        foreach (var path in new[] { "/etc/pf.conf", "/etc/pf-fallback.conf" })
        {
            Assert.False(machine.Text(path)!.Contains("/0", StringComparison.Ordinal), what);
        }
    }

    private static SiteDocument Image(bool keys, bool from) =>
        TestSites.Edge with
        {
            Admin = TestSites.Edge.Admin with
            {
                SshKeys = keys ? TestSites.Edge.Admin.SshKeys : [],
                SshFrom = from ? TestSites.Edge.Admin.SshFrom : [],
            },
        };

    private static Facts Any(Random random)
    {
        bool Coin() => random.Next(2) == 0;
        return new Facts
        {
            InstanceId = Coin() ? "i-1" : null,
            Hostname = Coin() ? "other" : null,
            SshKeys = Coin() ? [Seeds.Key] : [],
            Nameservers = Coin() ? ["192.0.2.53"] : [],
            Owner = new OwnerData
            {
                SiteName = Coin() ? "router01" : null,
                Document = Coin() ? [1, 2, 3] : null,
                Signature = Coin() ? "signature" : null,
                Secrets = Coin() ? new Dictionary<string, string> { ["a"] = "b" } : new(),
                SshKeys = Coin() ? [Seeds.Key] : [],
                SshFrom = Coin() ? [Anywhere] : [],
                ConsolePassword = Coin() ? Hash : null,
            },
        };
    }
}
