using System.Globalization;
using System.Text;

namespace Appliance.Sources.Tests.Support;

/// <summary>Writes tar archives header by header, good ones and bad ones.</summary>
public sealed class TarBuilder
{
    private readonly List<byte> archive = [];

    public TarBuilder Directory(string path, int mode = 0x1ED) => Entry('5', path, mode: mode);

    public TarBuilder File(string path, byte[]? content = null) =>
        Entry('0', path, content: content ?? []);

    public TarBuilder Symlink(string path, string target) => Entry('2', path, target);

    public TarBuilder Hardlink(string path, string target) => Entry('1', path, target);

    /// <summary>An extended header for the next entry.</summary>
    public TarBuilder Pax(params (string Key, string Value)[] records) =>
        Entry('x', "PaxHeader", content: Records(records));

    public TarBuilder GlobalPax(params (string Key, string Value)[] records) =>
        Entry('g', "PaxHeader", content: Records(records));

    public TarBuilder Entry(
        char type,
        string path,
        string target = "",
        byte[]? content = null,
        int mode = 0x1A4,
        long? size = null,
        string uid = "0000000"
    )
    {
        content ??= [];
        var header = new byte[512];
        Put(header, 0, path);
        Put(header, 100, Convert.ToString(mode, 8).PadLeft(7, '0'));
        Put(header, 108, uid);
        Put(header, 116, "0000000");
        Put(header, 124, Convert.ToString(size ?? content.Length, 8).PadLeft(11, '0'));
        Put(header, 136, "14524770400");
        header[156] = (byte)type;
        Put(header, 157, target);
        Put(header, 257, "ustar\00000");
        Put(header, 265, "root");
        Put(header, 297, "wheel");
        Seal(header);
        archive.AddRange(header);
        archive.AddRange(content);
        archive.AddRange(new byte[-content.Length & 511]);
        return this;
    }

    /// <summary>Writes a block as it is.</summary>
    public TarBuilder Raw(byte[] block)
    {
        archive.AddRange(block);
        return this;
    }

    /// <summary>The archive with the mark of its end.</summary>
    public byte[] Build() => [.. archive, .. new byte[1024]];

    public byte[] BuildWithoutEnd() => [.. archive];

    /// <summary>Computes the checksum of a header.</summary>
    public static void Seal(byte[] header)
    {
        header.AsSpan(148, 8).Fill((byte)' ');
        var sum = header.Sum(value => value);
        Put(header, 148, Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ");
    }

    private static byte[] Records((string Key, string Value)[] records)
    {
        var all = new MemoryStream();
        foreach (var (key, value) in records)
        {
            var body = Encoding.UTF8.GetBytes($" {key}={value}\n");
            var length = body.Length + 1;
            while (length != body.Length + Digits(length))
            {
                length = body.Length + Digits(length);
            }

            all.Write(Encoding.ASCII.GetBytes(length.ToString(CultureInfo.InvariantCulture)));
            all.Write(body);
        }

        return all.ToArray();
    }

    private static int Digits(int number) => number.ToString(CultureInfo.InvariantCulture).Length;

    private static void Put(byte[] header, int offset, string text) =>
        Encoding.UTF8.GetBytes(text).CopyTo(header, offset);
}
