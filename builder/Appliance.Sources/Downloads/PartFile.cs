using System.Security.Cryptography;
using Appliance.Files;
using Appliance.Sources.Files;
using Appliance.Sources.Packages;

namespace Appliance.Sources.Downloads;

/// <summary>
/// The bytes of a download that have arrived so far, and their digest. It survives an interruption, and is renamed when
/// it is complete.
/// </summary>
internal sealed class PartFile : IDisposable
{
    private readonly string path;
    private readonly FileStream file;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private PartFile(string path, FileStream file)
    {
        this.path = path;
        this.file = file;
    }

    /// <summary>Bytes so far.</summary>
    public long Length { get; private set; }

    /// <summary>Whether some of the bytes are from an earlier run.</summary>
    public bool HasOldBytes { get; private set; }

    /// <summary>The digest of all bytes: 64 lowercase hexadecimal digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <summary>Opens the part, and takes up what an earlier run has left in it if that is at most <paramref name="limit"/> bytes.</summary>
    public static async Task<PartFile> OpenAsync(string path, long limit, CancellationToken token)
    {
        var part = StorageErrors.Guard(
            path,
            () =>
            {
                OutputFolder.Create(Path.GetDirectoryName(Path.GetFullPath(path))!);
                return new PartFile(path, OutputFile.OpenInPlace(path));
            }
        );
        try
        {
            await part.TakeUpAsync(limit, token).ConfigureAwait(false);
            return part;
        }
        catch
        {
            part.Dispose();
            throw;
        }
    }

    public async Task AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        try
        {
            await file.WriteAsync(bytes, token).ConfigureAwait(false);
        }
        catch (Exception exception) when (StorageErrors.IsStorage(exception))
        {
            throw StorageErrors.Explain(path, exception);
        }

        hash.AppendData(bytes.Span);
        Length += bytes.Length;
    }

    /// <summary>Whether the bytes so far have a digest of pkg.</summary>
    public bool HasSum(string sum)
    {
        using var computing = new PackageSumComputing(sum);
        var buffer = new byte[1 << 20];
        int read;
        for (
            long done = 0;
            (read = RandomAccess.Read(file.SafeFileHandle, buffer, done)) > 0;
            done += read
        )
        {
            computing.Append(buffer.AsSpan(0, read));
        }

        return computing.IsRight();
    }

    /// <summary>Starts over.</summary>
    public void Reset()
    {
        StorageErrors.Guard(path, () => file.SetLength(0));
        file.Position = 0;
        _ = hash.GetHashAndReset();
        Length = 0;
        HasOldBytes = false;
    }

    /// <summary>Flushes the bytes to the disk and gives them their final name.</summary>
    public void Publish(string finalPath)
    {
        StorageErrors.Guard(
            path,
            () =>
            {
                file.Flush(flushToDisk: true);
                file.Dispose();
                OutputFile.Publish(path, finalPath);
            }
        );
    }

    public void Discard()
    {
        file.Dispose();
        AtomicFile.TryDelete(path);
    }

    public void Dispose()
    {
        file.Dispose();
        hash.Dispose();
    }

    private async Task TakeUpAsync(long limit, CancellationToken token)
    {
        if (file.Length > limit)
        {
            Reset();
            return;
        }

        var buffer = new byte[1 << 20];
        int read;
        while ((read = await file.ReadAsync(buffer, token).ConfigureAwait(false)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            Length += read;
            HasOldBytes = true;
        }
    }
}
