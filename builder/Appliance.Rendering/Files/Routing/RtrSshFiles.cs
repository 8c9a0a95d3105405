using System.Globalization;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Validation;

namespace Appliance.Rendering.Files.Routing;

/// <summary>
/// What bgpd needs to ask RPKI caches over ssh: one private key for each secret that has arrived, readable by bgpd's user alone,
/// and the caches' public keys. Without the latter rtrlib would believe any machine.
/// </summary>
internal static class RtrSshFiles
{
    public const string KnownHostsPath = Folder + "known_hosts";

    private const string Folder = "/usr/local/etc/frr/rtr/";
    private const string User = "frr";
    private const int UsualPort = 22;

    /// <summary>Where the key lies that a secret is.</summary>
    public static string KeyPath(string secret) => $"{Folder}{secret}.key";

    public static IEnumerable<RenderedFile> Render(Site site)
    {
        var caches = site.Document.Bgp?.RpkiCaches.Where(cache => cache.Ssh is not null).ToList();
        if (caches is not { Count: > 0 })
        {
            return [];
        }

        return
        [
            new RenderedFile(
                KnownHostsPath,
                string.Concat(caches.Select(cache => $"{Host(cache)} {cache.Ssh!.HostKey}\n")),
                Mode: FileModes.OwnerOnly,
                Owner: User,
                Group: User
            ),
            .. DocumentSecrets
                .KeyNames(site.Document)
                .Where(name => site.Secrets.Find(name) is not null)
                .Select(name => Key(name, site.Secrets.Find(name)!)),
        ];
    }

    private static RenderedFile Key(string name, string value)
    {
        var text = value.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        return Grammar.IsPrivateKey(text)
            ? new RenderedFile(
                KeyPath(name),
                text,
                Mode: FileModes.OwnerOnly,
                Owner: User,
                Group: User
            )
            : throw new RenderingException(
                $"secret {name} of an RPKI cache",
                "is no private key as ssh-keygen(1) writes it, without a passphrase"
            );
    }

    /// <summary>As sshd(8) has it under SSH_KNOWN_HOSTS FILE FORMAT.</summary>
    private static string Host(RpkiCacheDocument cache) =>
        cache.Port == UsualPort
            ? cache.Host
            : string.Create(CultureInfo.InvariantCulture, $"[{cache.Host}]:{cache.Port}");
}
