using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Appliance.Imaging.Disk;

/// <summary>Identifiers that follow from a seed: the same inputs make the same image.</summary>
public static class DeterministicGuid
{
    /// <summary>A GUID of version 8 (RFC 9562: vendor-specific) from the SHA-256 of a seed such as "router01/efi".</summary>
    public static Guid FromSeed(string seed)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(seed));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }

    /// <summary>A number from the SHA-256 of a seed, never 0: a volume id or file system id.</summary>
    public static ulong NumberFromSeed(string seed)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(seed));
        return BinaryPrimitives.ReadUInt64LittleEndian(hash) | 1;
    }
}
