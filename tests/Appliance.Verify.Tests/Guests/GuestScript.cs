using System.Text;

namespace Appliance.Verify.Tests.Guests;

/// <summary>What a test guest does during one boot.</summary>
internal sealed class GuestScript
{
    private readonly List<byte> bytes = [];

    public byte[] Bytes => [.. bytes];

    public GuestScript Say(string text)
    {
        bytes.AddRange(Encoding.UTF8.GetBytes(text));
        return this;
    }

    public GuestScript Lines(params IEnumerable<string> lines) =>
        Say(string.Concat(lines.Select(line => line + "\r\n")));

    public GuestScript Raw(params ReadOnlySpan<byte> content)
    {
        bytes.AddRange(content);
        return this;
    }

    public GuestScript Hang() => Operation(0);

    public GuestScript PowerOff() => Operation(1);

    public GuestScript WaitForButton() => Operation(2);

    public GuestScript Repeat() => Operation(3);

    /// <summary>Reads and echoes a line.</summary>
    public GuestScript ReadLine() => Operation(4);

    public GuestScript Reset() => Operation(5);

    /// <summary>Changes a byte on the disk.</summary>
    public GuestScript Poke(int offset, byte value)
    {
        Operation(6);
        var (sector, inSector) = Math.DivRem(offset, 512);
        bytes.AddRange([
            (byte)sector,
            (byte)(sector >> 8),
            (byte)inSector,
            (byte)(inSector >> 8),
            value,
        ]);
        return this;
    }

    /// <summary>About a second.</summary>
    public GuestScript Pause() => Operation(7);

    private GuestScript Operation(byte code)
    {
        bytes.Add(code);
        return this;
    }
}
