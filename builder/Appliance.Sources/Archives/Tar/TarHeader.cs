namespace Appliance.Sources.Archives.Tar;

/// <summary>
/// One 512-byte header block. Layout: POSIX pax(1), "ustar Interchange Format", and tar(5) of libarchive for the
/// extensions of GNU tar.
/// </summary>
internal sealed record TarHeader
{
    public const int Size = 512;
    private const int ChecksumOffset = 148;
    private const int ChecksumLength = 8;

    public required byte[] Path { get; init; }

    public required long Mode { get; init; }

    public required long Uid { get; init; }

    public required long Gid { get; init; }

    /// <summary>Bytes of data behind the header, before padding.</summary>
    public required long DataSize { get; init; }

    public required long ModifiedSeconds { get; init; }

    public required char TypeFlag { get; init; }

    public required byte[] LinkTarget { get; init; }

    public required byte[] UserName { get; init; }

    public required byte[] GroupName { get; init; }

    /// <summary>Bytes of data with the padding to whole blocks.</summary>
    public long PaddedDataSize => (DataSize + Size - 1) & -(long)Size;

    /// <exception cref="ArchiveException">The block is no header.</exception>
    public static TarHeader Parse(ReadOnlySpan<byte> block)
    {
        if (Number(block, ChecksumOffset, ChecksumLength, "checksum") != Checksum(block))
        {
            throw new ArchiveException("its checksum is wrong");
        }

        var magic = block.Slice(257, 6);
        var isPosix = magic.SequenceEqual("ustar\0"u8);
        var hasNames = isPosix || magic.SequenceEqual("ustar "u8);
        var size = Number(block, 124, 12, "size");
        if (size is < 0 or > long.MaxValue - Size)
        {
            throw new ArchiveException("its size is impossible");
        }

        return new TarHeader
        {
            Path = isPosix ? WithPrefix(block) : Text(block, 0, 100).ToArray(),
            Mode = Number(block, 100, 8, "mode"),
            Uid = Number(block, 108, 8, "uid"),
            Gid = Number(block, 116, 8, "gid"),
            DataSize = size,
            ModifiedSeconds = Number(block, 136, 12, "mtime"),
            TypeFlag = (char)block[156],
            LinkTarget = Text(block, 157, 100).ToArray(),
            UserName = hasNames ? Text(block, 265, 32).ToArray() : [],
            GroupName = hasNames ? Text(block, 297, 32).ToArray() : [],
        };
    }

    /// <summary>The sum of all bytes, with the checksum itself taken as blanks.</summary>
    private static long Checksum(ReadOnlySpan<byte> block)
    {
        long sum = ChecksumLength * ' ';
        foreach (var value in block[..ChecksumOffset])
        {
            sum += value;
        }

        foreach (var value in block[(ChecksumOffset + ChecksumLength)..])
        {
            sum += value;
        }

        return sum;
    }

    private static byte[] WithPrefix(ReadOnlySpan<byte> block)
    {
        var name = Text(block, 0, 100);
        var prefix = Text(block, 345, 155);
        return prefix.IsEmpty ? name.ToArray() : [.. prefix, (byte)'/', .. name];
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> block, int offset, int length)
    {
        var field = block.Slice(offset, length);
        var end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    /// <summary>Octal digits between blanks and zero bytes; or, with the top bit set, a big-endian number.</summary>
    private static long Number(ReadOnlySpan<byte> block, int offset, int length, string name)
    {
        var field = block.Slice(offset, length);
        return (field[0] & 0x80) != 0 ? BinaryNumber(field, name) : OctalNumber(field, name);
    }

    private static long OctalNumber(ReadOnlySpan<byte> field, string name)
    {
        long value = 0;
        foreach (var digit in field.Trim(" \0"u8))
        {
            value = digit is >= (byte)'0' and <= (byte)'7'
                ? (value << 3) | (long)(digit - '0')
                : throw new ArchiveException($"its {name} is no octal number");
        }

        return value;
    }

    private static long BinaryNumber(ReadOnlySpan<byte> field, string name)
    {
        var isNegative = (field[0] & 0x40) != 0;
        Int128 value = isNegative ? (sbyte)field[0] : field[0] & 0x7F;
        foreach (var part in field[1..])
        {
            value = (value << 8) | part;
        }

        return value >= long.MinValue && value <= long.MaxValue
            ? (long)value
            : throw new ArchiveException($"its {name} is out of range");
    }
}
