using System.Security.Cryptography;
using System.Text;
using Appliance.Sources.Sets;

namespace Appliance.Sources.Tests.Support;

/// <summary>Small helpers around bytes.</summary>
public static class Bytes
{
    public static byte[] Of(string text) => Encoding.UTF8.GetBytes(text);

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Bytes that no compressor makes smaller, the same for the same seed.</summary>
    public static byte[] Random(int seed, int count)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Bytes that compress about as well as programs do.</summary>
    public static byte[] Compressible(int seed, int count)
    {
        var random = new Random(seed);
        var bytes = new byte[count];
        for (var index = 0; index < count; index++)
        {
            bytes[index] = (byte)(
                index > 64 && random.Next(4) > 0 ? bytes[index - 64] : random.Next(256)
            );
        }

        return bytes;
    }

    public static byte[] Flip(byte[] bytes, long bit)
    {
        var flipped = (byte[])bytes.Clone();
        flipped[bit / 8] ^= (byte)(1 << (int)(bit % 8));
        return flipped;
    }

    public static byte[] Xz(byte[] content, params string[] options) =>
        ForeignTool.RunOn(content, "xz", ["-c", "-1", .. options]);

    /// <summary>A set that lies in <paramref name="directory"/>.</summary>
    public static ResolvedSet Set(TestDirectory directory, byte[] content, string name = "base") =>
        new(
            name,
            name + ".txz",
            Sha256(content),
            content.Length,
            directory.Write($"sets/{name}.txz", content),
            null,
            SetState.Cached
        );
}
