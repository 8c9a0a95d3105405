using System.Text;
using Appliance.Rendering;
using Appliance.Rendering.Documents;

namespace Appliance.Build.Seeds;

/// <summary>
/// User data with which FreeBSD's own cloud image becomes the router, for providers that take no images: nuageinit(7)
/// installs the packages, a compressed archive of the rendered files is unpacked, and the machine starts once more as what
/// they say.
/// </summary>
public static class StockCloudConfig
{
    private const string LoaderPath = "/boot/loader.conf";
    private const string SshdPath = "/etc/ssh/sshd_config";

    /// <summary>nuageinit's own folder, which is there when it writes files.</summary>
    private const string ArchivePath = "/var/cache/nuageinit/files.b64";

    /// <summary>Characters of base64 in one line: b64decode(1) reads lines of up to 1,024.</summary>
    private const int LineLength = 1000;

    /// <summary>What the image has its own of, and what only the first-boot service reads.</summary>
    private static readonly string[] NotNeeded = ["/etc/fstab", DocumentSigning.SignersPath];

    /// <summary>
    /// nuageinit makes "freebsd" with the password "freebsd", a member of wheel, wherever the provider hands over an ssh key:
    /// every password is locked, and no account but root keeps keys. awk's words hold no " /".
    /// </summary>
    private static readonly string[] Lock =
    [
        """awk -F: '$1!~"^#"&&$2!~"^[*]"{print $1}' /etc/master.passwd | while read -r u; do pw usermod "$u" -h -; done""",
        """awk -F: '$1!~"^#"&&$9!="/root"{print $9}' /etc/master.passwd | sort -u | while read -r h; do rm -f "$h"/.ssh/authorized_keys*; done""",
    ];

    /// <summary>Nothing of the user data stays, the image's own network settings go.</summary>
    private static readonly string[] AtTheEnd =
    [
        "rm -f /etc/rc.conf.d/hostname /etc/rc.conf.d/network /etc/rc.conf.d/routing",
        $"rm -f {ArchivePath} /var/cache/nuageinit/user_data /var/cache/nuageinit/user-data",
    ];

    /// <param name="request">Document and secrets.</param>
    /// <param name="packages">Names of packages that the profile wants.</param>
    /// <exception cref="RenderingException">
    /// A device is not known before the machine runs: without the first-boot service nobody can look for it.
    /// </exception>
    public static string Create(SeedRequest request, IReadOnlyList<string> packages)
    {
        ArgumentNullException.ThrowIfNull(request);
        var files = Rendered(request);
        var text = new StringBuilder("#cloud-config\n");
        text.Append("# Site ")
            .Append(request.Document.Site)
            .Append(", for FreeBSD's own cloud image.\n");
        AppendUser(text, request);
        AppendPackages(text, packages);
        text.Append("write_files:\n");
        // From the first start on only keys count, although the packages come first.
        AppendFile(text, SshdPath, "0644", files.Single(file => file.Path == SshdPath).Content);
        var archive = StockArchive.Create(files.Where(file => file.Path != SshdPath));
        AppendFile(text, ArchivePath, "0600", Base64(archive));
        AppendFile(text, "/firstboot-reboot", "0644", "Appliance\n");
        text.Append("runcmd:\n");
        foreach (var command in Commands(request))
        {
            text.Append("  - ").Append(YamlText.Quoted(command)).Append('\n');
        }

        return text.ToString();
    }

    private static List<RenderedFile> Rendered(SeedRequest request)
    {
        var names = InterfaceNames.Predict(request.Document);
        if (!names.IsComplete)
        {
            throw new RenderingException(
                $"interface {string.Join(", ", names.Unpredicted)}",
                "FreeBSD's own image cannot look for a device; match it by driver and index"
            );
        }

        return
        [
            .. SiteRenderer
                .Render(request.Document, names, new Secrets(request.Secrets))
                .Where(file => !NotNeeded.Contains(file.Path))
                .Select(file =>
                    file.Path == LoaderPath ? file with { Path = LoaderPath + ".local" } : file
                ),
        ];
    }

    /// <summary>In runcmd, which comes after the packages and their accounts.</summary>
    private static IEnumerable<string> Commands(SeedRequest request)
    {
        foreach (var command in Lock)
        {
            yield return command;
        }

        if (request.ConsolePassword is { } hash)
        {
            yield return $"echo '{hash}' | pw usermod root -H 0";
        }

        yield return $"b64decode -r {ArchivePath} | tar -xzpf - -C /";
        foreach (var command in AtTheEnd)
        {
            yield return command;
        }
    }

    /// <summary>
    /// With a list of users nuageinit makes no account of its own where the provider has no ssh key. Root's keys are in the
    /// archive, too: here they are the way in when it cannot be unpacked.
    /// </summary>
    private static void AppendUser(StringBuilder text, SeedRequest request)
    {
        text.Append("users:\n  - name: root\n    ssh_authorized_keys:\n");
        foreach (var key in request.Document.Admin.SshKeys)
        {
            text.Append("      - ").Append(YamlText.Quoted(key)).Append('\n');
        }
    }

    private static void AppendPackages(StringBuilder text, IReadOnlyList<string> packages)
    {
        if (packages.Count > 0)
        {
            text.Append("packages: [")
                .AppendJoin(", ", packages.Select(YamlText.Quoted))
                .Append("]\n");
        }
    }

    private static string Base64(byte[] content) =>
        string.Concat(
            Convert
                .ToBase64String(content)
                .Chunk(LineLength)
                .Select(line => new string(line) + "\n")
        );

    /// <summary>nuageinit makes no folders and ends where one is missing: these are in the image.</summary>
    private static void AppendFile(StringBuilder text, string path, string mode, string content)
    {
        text.Append("  - path: ").Append(path).Append('\n');
        text.Append("    permissions: '").Append(mode).Append("'\n");
        text.Append("    owner: root:wheel\n    content: |\n");
        foreach (var line in content.TrimEnd('\n').Split('\n'))
        {
            text.Append(line.Length == 0 ? "" : "      ").Append(line).Append('\n');
        }
    }
}
