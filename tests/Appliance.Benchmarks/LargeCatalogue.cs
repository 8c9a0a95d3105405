using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SharpCompress.Compressors.ZStandard;

namespace Appliance.Benchmarks;

/// <summary>A repository of as many packages as FreeBSD's, each with a manifest as long as those are, signed as those are.</summary>
internal static class LargeCatalogue
{
    public const int Packages = 35_000;
    private const int CompressionLevel = 9;

    /// <summary>Writes meta.conf, data.pkg and keys/ into a folder and returns the size of the catalogue.</summary>
    public static long Write(string folder)
    {
        var catalogue = Catalogue();
        File.WriteAllText(
            Path.Combine(folder, "meta.conf"),
            "version = 2;\npacking_format = \"tzst\";\n"
        );
        using var rsa = RSA.Create(2048);
        var key = Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem() + "\n");
        var digits = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(catalogue)));
        var signature = rsa.SignData(digits, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Directory.CreateDirectory(Path.Combine(folder, "keys", "trusted"));
        File.WriteAllText(
            Path.Combine(folder, "keys", "trusted", "benchmark"),
            $"function: \"sha256\"\nfingerprint: \"{Convert.ToHexStringLower(SHA256.HashData(key))}\"\n"
        );
        using var file = File.Create(Path.Combine(folder, "data.pkg"));
        using var packed = new CompressionStream(file, CompressionLevel, 0, true);
        using var tar = new TarWriter(packed, TarEntryFormat.Ustar);
        Add(tar, "data.sig", signature);
        Add(tar, "data.pub", key);
        Add(tar, "data", catalogue);
        return catalogue.Length;
    }

    private static void Add(TarWriter tar, string name, byte[] content) =>
        tar.WriteEntry(
            new UstarTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = new MemoryStream(content),
            }
        );

    private static byte[] Catalogue()
    {
        using var text = new MemoryStream();
        using (var writer = new StreamWriter(text, leaveOpen: true))
        {
            writer.Write("{\"groups\":[],\"expired_packages\":[],\"packages\":[");
            for (var index = 0; index < Packages; index++)
            {
                writer.Write(index == 0 ? "" : ",");
                writer.Write(Manifest(index));
            }

            writer.Write("]}");
        }

        return text.ToArray();
    }

    /// <summary>About 1,700 bytes; every package depends on eight with smaller numbers, some of them on the first ones.</summary>
    private static string Manifest(int index)
    {
        var random = new Random(index);
        var digest = Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(index)));
        var name = string.Create(CultureInfo.InvariantCulture, $"package-{index}");
        var words = string.Join(
            ' ',
            Enumerable.Range(0, 90).Select(_ => Words[random.Next(Words.Length)] + random.Next(40))
        );
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"name":"{{name}}","origin":"category{{index % 60}}/{{name}}","version":"{{index
                % 20}}.{{random.Next(99)}}_{{index
                % 4}}","comment":"Package number {{index}} of many","maintainer":"ports@example.org","www":"https://example.org/{{name}}","abi":"FreeBSD:15:amd64","arch":"freebsd:15:x86:64","prefix":"/usr/local","sum":"{{digest}}","flatsize":{{random.Next()}},"path":"All/{{name}}.pkg","repopath":"All/{{name}}.pkg","licenselogic":"single","licenses":["BSD3CLAUSE"],"pkgsize":{{random.Next(
                1,
                1 << 24
            )}},"desc":"{{words}}","deps":{{Dependencies(
                index,
                random
            )}},"categories":["category{{index % 60}}"],"shlibs_required":[{{Libraries(
                index,
                random
            )}}],"shlibs_provided":["libpackage-{{index}}.so.1"],"options":{"DOCS":"on","EXAMPLES":"on","NLS":"off","TEST":"off"},"annotations":{"FreeBSD_version":"1500068","cpe":"cpe:2.3:a:example:{{name}}:1:::::freebsd15:x64","flavor":"default"} }
            """
        );
    }

    private static string Dependencies(int index, Random random) =>
        "{"
        + string.Join(
            ',',
            Needed(index, random)
                .Select(other =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"\"package-{other}\":{{\"origin\":\"category{other % 60}/package-{other}\",\"version\":\"1.0\"}}"
                    )
                )
        )
        + "}";

    private static string Libraries(int index, Random random) =>
        string.Join(
            ',',
            Needed(index, random)
                .Select(other =>
                    string.Create(CultureInfo.InvariantCulture, $"\"libpackage-{other}.so.1\"")
                )
                .Append("\"libc.so.7\"")
        );

    private static IEnumerable<int> Needed(int index, Random random) =>
        index == 0
            ? []
            : Enumerable
                .Range(0, 8)
                .Select(slot =>
                    slot < 7
                        ? random.Next(Math.Min(index, 200))
                        : random.Next(Math.Min(index, 2000))
                )
                .Distinct();

    private static readonly string[] Words =
    [
        "library",
        "network",
        "router",
        "daemon",
        "parser",
        "client",
        "server",
        "protocol",
        "graphics",
        "tool",
    ];
}
