using System.Text;
using System.Text.RegularExpressions;

namespace Appliance.Cli.Locations;

/// <summary>
/// For which network and site an existing output was made, read back from the output itself: images and seeds hold the
/// site document as text, which begins with both names.
/// </summary>
/// <param name="Network">Name of the network; null where only the host name is known.</param>
/// <param name="Site">Name of the site, or the host name.</param>
internal sealed partial record OutputOwner(string? Network, string Site)
{
    private const int ChunkLength = 1 << 20;
    private const int Overlap = 1 << 10;

    /// <summary>Refuses to overwrite a seed of another network or site.</summary>
    /// <exception cref="UsageException">It was made for another one.</exception>
    public static void CheckSeed(string path, string network, string site, string hostname)
    {
        var owner = Find(path, SeedDocument()) ?? Find(path, SeedHost());
        var isSame = owner switch
        {
            null => true,
            { Network: null } => owner.Site == hostname,
            _ => owner.Network == network && owner.Site == site,
        };
        if (!isSame)
        {
            throw Refusal(path, owner!.ToString());
        }
    }

    /// <summary>Refuses to overwrite an image of another network or site.</summary>
    /// <param name="path">The image.</param>
    /// <param name="diskId">GUID of the disk to be written, which follows from network, site and profile.</param>
    /// <param name="network">Name of the network.</param>
    /// <param name="site">Name of the site.</param>
    /// <exception cref="UsageException">It was made for another one.</exception>
    public static void CheckImage(string path, Guid diskId, string network, string site)
    {
        // The whole file is read only where the disk is not the one that the same command would write again.
        if (!File.Exists(path) || DiskIdOf(path) is not { } there || there == diskId)
        {
            return;
        }

        var owner = Find(path, SeedDocument());
        if (owner is null || owner.Network != network || owner.Site != site)
        {
            throw Refusal(path, owner?.ToString() ?? $"disk {there}");
        }
    }

    /// <summary>Refuses to overwrite the rendered files of another machine.</summary>
    /// <param name="folder">Where files are rendered to.</param>
    /// <param name="hostname">Of the site.</param>
    /// <exception cref="UsageException">They are another machine's.</exception>
    public static void CheckRendered(string folder, string hostname)
    {
        var owner = Find(Path.Combine(folder, "etc", "rc.conf"), RcHost());
        if (owner is not null && owner.Site != hostname)
        {
            throw Refusal(folder, owner.ToString());
        }
    }

    public override string ToString() =>
        Network is null ? Site : $"site {Site} of network {Network}";

    private static UsageException Refusal(string path, string owner) =>
        new(
            $"{path} was made for {owner}: name another --output, the network with --network, or overwrite it with --force"
        );

    private static OutputOwner? Find(string path, Regex pattern)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = File.OpenRead(path);
        var buffer = new byte[ChunkLength + Overlap];
        var kept = 0;
        while (file.Read(buffer, kept, ChunkLength) is > 0 and var count)
        {
            var text = Encoding.Latin1.GetString(buffer, 0, kept + count);
            if (pattern.Match(text) is { Success: true } match)
            {
                var network = match.Groups["network"];
                return new OutputOwner(
                    network.Success ? network.Value : null,
                    match.Groups["site"].Value
                );
            }

            var rest = Math.Min(Overlap, kept + count);
            buffer.AsSpan(kept + count - rest, rest).CopyTo(buffer);
            kept = rest;
        }

        return null;
    }

    /// <summary>The disk's GUID in the GPT header at its second sector; null in a file that is no raw image.</summary>
    private static Guid? DiskIdOf(string path)
    {
        const int HeaderOffset = 512;
        const int IdOffset = 56;
        Span<byte> header = stackalloc byte[IdOffset + 16];
        using var file = File.OpenHandle(path);
        return
            RandomAccess.Read(file, header, HeaderOffset) == header.Length
            && header[..8].SequenceEqual("EFI PART"u8)
            ? new Guid(header[IdOffset..])
            : null;
    }

    [GeneratedRegex(
        "\"network\": \"(?<network>[a-z0-9-]+)\",\\s+\"site\": \"(?<site>[a-z0-9-]+)\""
    )]
    private static partial Regex SeedDocument();

    [GeneratedRegex("local-hostname: \"(?<site>[^\"]+)\"")]
    private static partial Regex SeedHost();

    [GeneratedRegex("(?m)^hostname=\"(?<site>[^\"]+)\"")]
    private static partial Regex RcHost();
}
