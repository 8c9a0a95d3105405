using System.Security.Cryptography;
using System.Text;
using Appliance.Build.Composition;

namespace Appliance.Build.Overlays;

/// <summary>Entries that come from one place, laid over the sets together.</summary>
/// <param name="Name">The origin that the plan names.</param>
/// <param name="Location">Where the entries come from, for people.</param>
/// <param name="Entries">Directories before what lies in them.</param>
public sealed record OverlayLayer(string Name, string Location, IReadOnlyList<OverlayEntry> Entries)
{
    /// <summary>SHA-256 over paths, owners, modes and contents, in hexadecimal.</summary>
    public string Digest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var entry in Entries)
        {
            var content = entry.Content is { } bytes
                ? Convert.ToHexStringLower(ContentDigest.Of(bytes))
                : "directory";
            hash.AppendData(
                Encoding.UTF8.GetBytes(
                    $"{entry.Path}\0{entry.Mode}\0{entry.Owner}\0{entry.Group}\0{content}\n"
                )
            );
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Bytes of all files.</summary>
    public long Size => Entries.Sum(entry => entry.Content?.Length ?? 0);
}
