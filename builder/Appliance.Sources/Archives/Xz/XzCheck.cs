using System.Buffers.Binary;
using System.Security.Cryptography;
using Appliance.Sources.Archives.Checksums;

namespace Appliance.Sources.Archives.Xz;

/// <summary>The kinds of check at the end of a block; the values are those of the format (section 2.1.1.2).</summary>
internal enum XzCheckKind : byte
{
    None = 0,
    Crc32 = 1,
    Crc64 = 4,
    Sha256 = 10,
}

/// <summary>Computes the check of one block while its content passes by.</summary>
internal sealed class XzCheck(XzCheckKind kind) : IDisposable
{
    private readonly IncrementalHash? sha256 =
        kind == XzCheckKind.Sha256 ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
    private uint crc32;
    private ulong crc64;

    public static int SizeOf(XzCheckKind kind) =>
        kind switch
        {
            XzCheckKind.None => 0,
            XzCheckKind.Crc32 => 4,
            XzCheckKind.Crc64 => 8,
            XzCheckKind.Sha256 => 32,
            _ => throw new ArchiveException($"the xz check of kind {(byte)kind} is not known"),
        };

    public void Append(ReadOnlySpan<byte> content)
    {
        switch (kind)
        {
            case XzCheckKind.Crc32:
                crc32 = Crc32.Append(crc32, content);
                break;
            case XzCheckKind.Crc64:
                crc64 = Crc64.Append(crc64, content);
                break;
            case XzCheckKind.Sha256:
                sha256!.AppendData(content);
                break;
        }
    }

    /// <summary>The check as it stands in the file.</summary>
    public byte[] Finish()
    {
        var bytes = new byte[SizeOf(kind)];
        switch (kind)
        {
            case XzCheckKind.Crc32:
                BinaryPrimitives.WriteUInt32LittleEndian(bytes, crc32);
                break;
            case XzCheckKind.Crc64:
                BinaryPrimitives.WriteUInt64LittleEndian(bytes, crc64);
                break;
            case XzCheckKind.Sha256:
                sha256!.GetHashAndReset(bytes);
                break;
        }

        return bytes;
    }

    public void Dispose() => sha256?.Dispose();
}
