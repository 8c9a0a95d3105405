using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Tests.Overlay;

public class SpecificationTests
{
    private const string Published = "/usr/local/libexec/appliance/appliance-firstboot";

    private static readonly List<string[]> Entries =
    [
        .. File.ReadAllLines(RepositoryRoot.Combine("overlay", "rootfs.spec"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
    ];

    [Fact]
    public void Every_file_has_an_owner_and_a_mode_and_every_entry_its_file()
    {
        var root = RepositoryRoot.Combine("overlay", "rootfs");
        var files = Directory
            .EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(file => "/" + Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Append(Published);
        var entries = Entries.Select(entry => entry[0]).Where(path => !path.EndsWith('/'));
        Assert.Equal(files.Order(StringComparer.Ordinal), entries.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Entries_are_well_formed_and_nothing_is_writable_by_others()
    {
        Assert.All(
            Entries,
            entry =>
            {
                Assert.Equal(4, entry.Length);
                Assert.StartsWith("/", entry[0], StringComparison.Ordinal);
                Assert.Equal(4, entry[1].Length);
                Assert.Equal(0, Convert.ToInt32(entry[1], 8) & 0b000_010_010);
                Assert.Equal(["root", "wheel"], entry[2..]);
            }
        );
        Assert.Equal(Entries.Count, Entries.DistinctBy(entry => entry[0]).Count());
    }

    [Fact]
    public void The_folder_of_the_site_document_is_there()
    {
        var folder = SiteDocument.TargetPath[..(SiteDocument.TargetPath.LastIndexOf('/') + 1)];
        Assert.Contains(Entries, entry => entry[0] == folder);
    }

    [Fact]
    public void The_machine_is_closed_before_it_is_personalised()
    {
        var rc = File.ReadAllText(RepositoryRoot.Combine("overlay", "rootfs/etc/rc.conf"));
        Assert.Contains("pf_enable=\"YES\"", rc, StringComparison.Ordinal);
        Assert.Contains("sshd_enable=\"NO\"", rc, StringComparison.Ordinal);
        Assert.DoesNotContain("ifconfig_", rc, StringComparison.Ordinal);
        var pf = File.ReadAllText(RepositoryRoot.Combine("overlay", "rootfs/etc/pf.conf"));
        Assert.Contains("block drop quick all", pf, StringComparison.Ordinal);
        Assert.DoesNotContain("\npass", pf, StringComparison.Ordinal);
    }
}
