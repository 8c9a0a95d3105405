using System.Security.Cryptography;
using Appliance.Imaging.Tree;

namespace Appliance.Build.Composition;

/// <summary>SHA-256 of a content: the one its layer recorded, or computed for generated content.</summary>
internal static class ContentDigest
{
    private const int BufferSize = 128 * 1024;

    public static byte[] Of(FileContent content) =>
        content is DigestedContent digested ? digested.Sha256.ToArray() : Compute(content);

    private static byte[] Compute(FileContent content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Math.Min(BufferSize, content.Length)];
        for (long position = 0; position < content.Length; )
        {
            var count = (int)Math.Min(buffer.Length, content.Length - position);
            content.Read(position, buffer.AsSpan(0, count));
            hash.AppendData(buffer, 0, count);
            position += count;
        }

        return hash.GetHashAndReset();
    }
}
