using System.Security.Cryptography;
using Appliance.Sources.Packages;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources.Files;

/// <summary>The SHA-256 of a whole file.</summary>
internal static class FileDigest
{
    private const int BufferSize = 1 << 20;

    /// <param name="file">The file.</param>
    /// <param name="progress">Told the bytes done so far.</param>
    /// <param name="token">Stops the work.</param>
    /// <param name="also">Another digest to compute on the way; null for none.</param>
    /// <returns>64 lowercase hexadecimal digits, and the number of bytes that were read.</returns>
    public static (string Sha256, long Length) Compute(
        SafeFileHandle file,
        Action<long> progress,
        CancellationToken token,
        PackageSumComputing? also = null
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        for (long done = 0; ; )
        {
            token.ThrowIfCancellationRequested();
            var read = RandomAccess.Read(file, buffer, done);
            if (read == 0)
            {
                return (Convert.ToHexStringLower(hash.GetHashAndReset()), done);
            }

            hash.AppendData(buffer, 0, read);
            also?.Append(buffer.AsSpan(0, read));
            done += read;
            progress(done);
        }
    }
}
