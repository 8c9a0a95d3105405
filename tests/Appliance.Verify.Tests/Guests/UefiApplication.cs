using System.Buffers.Binary;

namespace Appliance.Verify.Tests.Guests;

/// <summary>Wraps machine code into the smallest PE32+ file that UEFI starts (Microsoft PE Format; UEFI 2.10, 2.1.1).</summary>
internal static class UefiApplication
{
    private const int HeaderLength = 0x200;
    private const int SectionAddress = 0x1000;

    public static byte[] Build(params IReadOnlyList<GuestScript> boots)
    {
        using var section = new MemoryStream();
        section.Write(UefiProgram.Code);
        foreach (var boot in boots)
        {
            var script = boot.Bytes;
            section.Write([(byte)script.Length, (byte)(script.Length >> 8)]);
            section.Write(script);
        }

        var content = section.ToArray();
        Array.Resize(ref content, (content.Length + 0x1ff) & ~0x1ff);
        return [.. Headers(content.Length), .. content];
    }

    private static byte[] Headers(int sectionLength)
    {
        var bytes = new byte[HeaderLength];
        "MZ"u8.CopyTo(bytes);
        Set32(0x3c, 0x40);
        "PE\0\0"u8.CopyTo(bytes.AsSpan(0x40));
        Set16(0x44, 0x8664); // machine: x86-64
        Set16(0x46, 1); // sections
        Set16(0x54, 0xf0); // length of the optional header
        Set16(0x56, 0x0022); // executable, large addresses
        Set16(0x58, 0x020b); // PE32+
        Set32(0x5c, sectionLength); // size of code
        Set32(0x68, SectionAddress); // entry point
        Set32(0x6c, SectionAddress); // base of code
        Set32(0x78, 0x1000); // section alignment
        Set32(0x7c, 0x200); // file alignment
        Set32(0x90, SectionAddress + ((sectionLength + 0xfff) & ~0xfff)); // size of image
        Set32(0x94, HeaderLength); // size of headers
        Set16(0x9c, 10); // subsystem: EFI application
        Set32(0xc4, 16); // data directories
        ".text"u8.CopyTo(bytes.AsSpan(0x148));
        Set32(0x150, sectionLength);
        Set32(0x154, SectionAddress);
        Set32(0x158, sectionLength);
        Set32(0x15c, HeaderLength);
        // Code that may be read, executed and (for the boot counter) written.
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(0x16c), 0xe0000020);
        return bytes;

        void Set16(int offset, ushort value) =>
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(offset), value);

        void Set32(int offset, int value) =>
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(offset), value);
    }
}
