using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Appliance.Model.Releases;
using Appliance.Sources.Downloads;
using Appliance.Sources.Sets;

namespace Appliance.Build.Tests;

/// <summary>
/// A release of a dozen files in the release's own format: what a build needs of base and kernel, made in a second.
/// It cannot boot; the boot tests use real sets.
/// </summary>
public sealed class MiniRelease : IDisposable
{
    public static readonly string Release = ReleaseData.Current.NewestSupported.Name;
    public const string Architecture = "amd64";

    /// <summary>As etc/master.passwd of the source tree: root has no password, and toor has one that nothing matches.</summary>
    public const string MasterPasswd = """
        # $FreeBSD$
        #
        root::0:0::0:0:Charlie &:/root:/bin/sh
        toor:*:0:0::0:0:Bourne-again Superuser:/root:
        daemon:*:1:1::0:0:Owner of many system processes:/root:/usr/sbin/nologin

        """;

    private static readonly DateTimeOffset Newest = new(2025, 12, 2, 1, 2, 3, TimeSpan.Zero);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-sets-");

    public MiniRelease()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/xz"), "xz is not installed");
        Write("base", BaseEntries());
        Write("kernel", KernelEntries());
        WriteManifest();
    }

    /// <summary>Contents of every regular file, by path without a leading "/".</summary>
    public Dictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    public string SetsFolder => folder.FullName;

    public CacheLocation Cache => new(Path.Combine(folder.FullName, "cache"));

    public ContentStores Stores => new(Cache);

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>The sets, resolved from the folder.</summary>
    public Task<ResolvedSets> ResolveAsync()
    {
        var source = new SetSource(Cache, new Downloader());
        return source.ResolveAsync(
            new SetRequest
            {
                Release = Release,
                Architecture = Architecture,
                Directory = SetsFolder,
                AcceptOthers = true,
            },
            TestContext.Current.CancellationToken
        );
    }

    private IEnumerable<PaxTarEntry> BaseEntries() =>
        [
            Folder("."),
            Folder("etc"),
            Text("etc/master.passwd", MasterPasswd, 0x180),
            Text("etc/group", "wheel:*:0:root\noperator:*:5:root\n"),
            Text("etc/rc.conf", "# from base\n"),
            Folder("bin"),
            Bytes("bin/sh", 150_000, 0x16D),
            new PaxTarEntry(TarEntryType.HardLink, "./bin/-sh") { LinkName = "./bin/sh" },
            Folder("usr"),
            Folder("usr/bin"),
            Bytes("usr/bin/su", 70_001, 0x96D),
            Bytes("usr/bin/clang", 300_000, 0x16D),
            new PaxTarEntry(TarEntryType.SymbolicLink, "./usr/bin/cc")
            {
                LinkName = "clang",
                ModificationTime = Newest,
            },
            Folder("usr/local"),
            Folder("tmp", 0x3FF),
            Folder("var"),
            Folder("var/db"),
            Folder("root"),
            Folder("boot"),
            Bytes("boot/pmbr", 512, 0x124),
            Bytes("boot/gptboot", 100_000, 0x124),
            Bytes("boot/loader_lua.efi", 600_000, 0x16D),
            Bytes("boot/loader.efi", 600_000, 0x16D),
        ];

    private IEnumerable<PaxTarEntry> KernelEntries() =>
        [
            Folder("boot"),
            Folder("boot/kernel"),
            Bytes("boot/kernel/kernel", 2_000_000, 0x16D),
            Bytes("boot/kernel/if_gre.ko", 40_000, 0x16D),
        ];

    private static PaxTarEntry Folder(string path, int mode = 0x1ED) =>
        new(TarEntryType.Directory, path == "." ? "./" : $"./{path}/")
        {
            Mode = (UnixFileMode)mode,
            UserName = "root",
            GroupName = "wheel",
            ModificationTime = Newest.AddDays(-1),
        };

    private PaxTarEntry Text(string path, string text, int mode = 0x1A4) =>
        RegularFile(path, Encoding.UTF8.GetBytes(text), mode);

    /// <summary>Bytes that follow from the path, so that two releases are the same.</summary>
    private PaxTarEntry Bytes(string path, int length, int mode)
    {
        var bytes = new byte[length];
        new Random(path.Length * 7919 + length).NextBytes(bytes);
        return RegularFile(path, bytes, mode);
    }

    private PaxTarEntry RegularFile(string path, byte[] bytes, int mode)
    {
        Files[path] = bytes;
        return new PaxTarEntry(TarEntryType.RegularFile, "./" + path)
        {
            Mode = (UnixFileMode)mode,
            UserName = "root",
            GroupName = "wheel",
            ModificationTime = Newest,
            DataStream = new MemoryStream(bytes),
        };
    }

    private void Write(string set, IEnumerable<PaxTarEntry> entries)
    {
        var tar = Path.Combine(folder.FullName, set + ".tar");
        using (var writer = new TarWriter(File.Create(tar), TarEntryFormat.Pax))
        {
            foreach (var entry in entries)
            {
                writer.WriteEntry(entry);
            }
        }

        using var xz = Process.Start("/usr/bin/xz", ["-T1", "-0", tar]);
        xz.WaitForExit();
        Assert.Equal(0, xz.ExitCode);
        File.Move(tar + ".xz", Path.Combine(folder.FullName, set + ".txz"));
    }

    /// <summary>As release/scripts/make-manifest.sh writes it.</summary>
    private void WriteManifest()
    {
        var lines = new[] { "base", "kernel" }.Select(set =>
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder.FullName, set + ".txz"));
            var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{set}.txz\t{digest}\t20\t{set}\t\"{set} system\"\ton\n"
            );
        });
        File.WriteAllText(Path.Combine(folder.FullName, "MANIFEST"), string.Concat(lines));
    }
}
