using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Appliance.Verify.FileSystems;

namespace Appliance.Boot.Tests;

/// <summary>
/// Looks for bytes on a whole raw disk, and asks The Sleuth Kit, which reads UFS2 by itself, whose each place is.
/// </summary>
internal sealed partial class SecretSearch
{
    /// <summary>A place that belongs to no file.</summary>
    public const string Nobodys = "nobody's";

    private const int Fragment = 4096;
    private const int Sector = 512;

    private readonly string disk;
    private readonly UfsPartition root;

    public SecretSearch(string disk)
    {
        this.disk = disk;
        using var file = File.OpenRead(disk);
        var table = new byte[UfsPartitions.TableLength];
        file.ReadExactly(table);
        root = UfsPartitions.Find(table)[0];
    }

    /// <summary>One line for each place: "0600 /etc/ipsec.conf"; "nobody's" for what no file has any more; "outside".</summary>
    public IReadOnlyList<string> Find(string secret)
    {
        var places = Offsets(Encoding.UTF8.GetBytes(secret)).Select(Owner);
        return [.. places.Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Where the bytes begin; windows overlap, so that none hides at a border.</summary>
    private IEnumerable<long> Offsets(byte[] wanted)
    {
        using var file = File.OpenRead(disk);
        var buffer = new byte[(8 << 20) + wanted.Length - 1];
        for (long start = 0; start < file.Length; start += 8 << 20)
        {
            file.Position = start;
            var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            var from = 0;
            while (
                from < length
                && buffer.AsSpan(from, length - from).IndexOf(wanted) is var at and >= 0
            )
            {
                yield return start + from + at;
                from += at + 1;
            }
        }
    }

    private string Owner(long offset)
    {
        var fragment = (offset - root.Offset) / Fragment;
        if (offset < root.Offset)
        {
            return "outside";
        }

        var inode = Ask("ifind", "-d", Number(fragment)).Trim();
        if (!inode.All(char.IsAsciiDigit) || inode.Length == 0)
        {
            return Nobodys;
        }

        var mode = Mode().Match(Ask("istat", inode)).Groups["mode"].Value;
        var name = Ask("ffind", inode).Split('\n')[0].Trim();
        return $"{Octal(mode)} {name}";
    }

    /// <summary>Runs a program of The Sleuth Kit on the root file system; its last argument is the number asked about.</summary>
    private string Ask(string program, params string[] arguments)
    {
        var path = Path.Combine("/usr/bin", program);
        Assert.SkipUnless(File.Exists(path), $"{program} of The Sleuth Kit is not installed");
        string[] place = ["-f", "ufs", "-o", Number(root.Offset / Sector)];
        string[] asked = arguments is ["-d", var block]
            ? [disk, "-d", block]
            : [disk, .. arguments];
        using var process = Process.Start(
            new ProcessStartInfo(path, [.. place, .. asked]) { RedirectStandardOutput = true }
        )!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }

    /// <summary>"rw-r-----" as "0640".</summary>
    private static string Octal(string letters) =>
        "0"
        + string.Concat(
            letters
                .Chunk(3)
                .Select(bits =>
                    (bits[0] == 'r' ? 4 : 0) + (bits[1] == 'w' ? 2 : 0) + (bits[2] == '-' ? 0 : 1)
                )
        );

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("mode: .(?<mode>[-rwxsStT]{9})")]
    private static partial Regex Mode();
}
