using System.Security.Cryptography;
using Appliance.Sources.Files;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources.Store;

/// <summary>The open payload of a <see cref="Layer"/>; safe for many readers at once.</summary>
public sealed class LayerPayload : IDisposable
{
    private const int BufferSize = 128 * 1024;
    private readonly Layer layer;

    internal LayerPayload(Layer layer)
    {
        this.layer = layer;
        Handle = StorageErrors.Guard(
            layer.PayloadPath,
            () => File.OpenHandle(layer.PayloadPath, FileMode.Open, FileAccess.Read)
        );
    }

    /// <summary>The handle of the payload, for <see cref="RandomAccess"/>.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>
    /// Reads from the content of a file into <paramref name="buffer"/> and returns the number of bytes read: as many as
    /// fit, fewer only at the end of the file.
    /// </summary>
    /// <param name="entry">A file of the layer.</param>
    /// <param name="position">Where to start in the file, in bytes.</param>
    /// <param name="buffer">Where the bytes go.</param>
    /// <exception cref="SourceException">The payload ends too early: it was damaged after it was checked.</exception>
    public int Read(LayerEntry entry, long position, Span<byte> buffer)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        var wanted = (int)Math.Min(buffer.Length, Math.Max(0, entry.Length - position));
        for (var done = 0; done < wanted; )
        {
            var read = RandomAccess.Read(
                Handle,
                buffer[done..wanted],
                entry.PayloadOffset + position + done
            );
            done += read > 0 ? read : throw Damaged(entry, "it ends too early");
        }

        return wanted;
    }

    /// <summary>Compares the content of a file with its digest.</summary>
    /// <exception cref="SourceException">It is another content.</exception>
    public void Verify(LayerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!Matches(entry, new byte[BufferSize]))
        {
            throw Damaged(entry, "its digest is another one");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();

    internal bool Matches(LayerEntry entry, byte[] buffer) =>
        DigestOf(entry, buffer).AsSpan().SequenceEqual(entry.Sha256.Span);

    internal byte[] DigestOf(LayerEntry entry, byte[] buffer)
    {
        if (entry.Length <= buffer.Length)
        {
            return SHA256.HashData(buffer.AsSpan(0, Read(entry, 0, buffer)));
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (long position = 0; position < entry.Length; )
        {
            var read = Read(entry, position, buffer);
            hash.AppendData(buffer, 0, read);
            position += read;
        }

        return hash.GetHashAndReset();
    }

    private SourceException Damaged(LayerEntry entry, string how) =>
        new(
            SourceFailure.Storage,
            $"{layer.PayloadPath}: the content of {entry.Path} is damaged ({how}). "
                + "Run the command again: the store notices and decodes the set anew"
        );
}
