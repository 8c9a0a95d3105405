using System.Security.Cryptography;
using Appliance.Imaging.Tree;

namespace Appliance.Build.Composition;

/// <summary>Content whose SHA-256 is known without reading it again.</summary>
/// <param name="inner">The bytes.</param>
/// <param name="sha256">Their digest, 32 bytes.</param>
public sealed class DigestedContent(FileContent inner, ReadOnlyMemory<byte> sha256) : FileContent
{
    /// <summary>Content in memory, and its digest computed once.</summary>
    public static DigestedContent Of(byte[] bytes) => new(FromBytes(bytes), SHA256.HashData(bytes));

    public ReadOnlyMemory<byte> Sha256 => sha256;

    public override long Length => inner.Length;

    public override IReadOnlyList<DataExtent> DataExtents => inner.DataExtents;

    public override bool IsSparse => inner.IsSparse;

    public override void Read(long offset, Span<byte> buffer) => inner.Read(offset, buffer);
}
