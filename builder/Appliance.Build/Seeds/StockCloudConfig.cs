using System.Globalization;
using System.Text;
using Appliance.Rendering;

namespace Appliance.Build.Seeds;

/// <summary>
/// User data with which FreeBSD's own cloud image becomes the router, for providers that take no images: nuageinit(7)
/// writes the rendered files, installs the packages, and the machine starts once more as what they say.
/// </summary>
public static class StockCloudConfig
{
    /// <summary>What the image has its own of, and must keep.</summary>
    private static readonly string[] OfTheImage = ["/etc/fstab"];

    /// <summary>nuageinit makes root's folder and this file itself, from the keys of the user.</summary>
    private const string KeysPath = "/root/.ssh/authorized_keys";

    private const string LoaderPath = "/boot/loader.conf";

    /// <summary>nuageinit's own folder, where files wait for the folders and owners that packages bring along.</summary>
    private const string Waiting = "/var/cache/nuageinit/";

    /// <summary>
    /// The password of root is locked, nothing of the user data stays, the image's own network settings go, and
    /// rc(8) restarts the machine at the end of its first boot.
    /// </summary>
    private static readonly string[] AtTheEnd =
    [
        "pw usermod root -h -",
        "rm -f /etc/rc.conf.d/hostname /etc/rc.conf.d/network /etc/rc.conf.d/routing",
        $"rm -f {Waiting}user_data {Waiting}user-data",
    ];

    /// <param name="request">Document and secrets.</param>
    /// <param name="packages">Names of packages that the profile wants.</param>
    /// <exception cref="RenderingException">
    /// A device is not known before the machine runs: without the first-boot service nobody can look for it.
    /// </exception>
    public static string Create(SeedRequest request, IReadOnlyList<string> packages)
    {
        ArgumentNullException.ThrowIfNull(request);
        var names = InterfaceNames.Predict(request.Document);
        if (!names.IsComplete)
        {
            throw new RenderingException(
                $"interface {string.Join(", ", names.Unpredicted)}",
                "FreeBSD's own image cannot look for a device; match it by driver and index"
            );
        }

        var files = SiteRenderer.Render(request.Document, names, new Secrets(request.Secrets));
        var text = new StringBuilder("#cloud-config\n");
        text.Append("# Site ")
            .Append(request.Document.Site)
            .Append(", for FreeBSD's own cloud image.\n");
        AppendUser(text, request);
        AppendPackages(text, packages);
        var written = files
            .Where(file => file.Path != KeysPath && !OfTheImage.Contains(file.Path))
            .ToList();
        text.Append("write_files:\n");
        written.ForEach(file => AppendFile(text, file));
        text.Append("  - path: /firstboot-reboot\n    content: |\n      Appliance\n");
        text.Append("runcmd:\n");
        foreach (var command in written.Where(IsOfPackage).SelectMany(Placing).Concat(AtTheEnd))
        {
            text.Append("  - ").Append(YamlText.Quoted(command)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>With a list of users nuageinit makes no "freebsd" with a known password.</summary>
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

    private static bool IsOfPackage(RenderedFile file) =>
        file.Path.StartsWith("/usr/local/", StringComparison.Ordinal);

    private static string WaitingPath(RenderedFile file) =>
        Waiting + file.Path[1..].Replace('/', '-');

    private static string Octal(int mode) => Convert.ToString(mode, 8).PadLeft(4, '0');

    /// <summary>nuageinit makes no folders and ends where one is missing, and it knows no owner but those that are there.</summary>
    private static void AppendFile(StringBuilder text, RenderedFile file)
    {
        var isOfPackage = IsOfPackage(file);
        var path =
            isOfPackage ? WaitingPath(file)
            : file.Path == LoaderPath ? LoaderPath + ".local"
            : file.Path;
        text.Append("  - path: ").Append(path).Append('\n');
        text.Append(
            CultureInfo.InvariantCulture,
            $"    permissions: '{(isOfPackage ? "0600" : Octal(file.Mode))}'\n"
        );
        text.Append("    owner: ")
            .Append(isOfPackage ? "root:wheel" : $"{file.Owner}:{file.Group}")
            .Append('\n');
        text.Append("    content: |\n");
        foreach (var line in file.Content.TrimEnd('\n').Split('\n'))
        {
            text.Append(line.Length == 0 ? "" : "      ").Append(line).Append('\n');
        }
    }

    /// <summary>Puts a file that waited into its place; without its owner, whose package is missing, it is root's.</summary>
    private static IEnumerable<string> Placing(RenderedFile file)
    {
        var (from, owner) = (WaitingPath(file), $"-o {file.Owner} -g {file.Group}");
        var folder = file.Path[..file.Path.LastIndexOf('/')];
        var copy = $"install -m {Octal(file.Mode)}";
        yield return $"mkdir -p {folder}";
        if (file.FolderMode is { } mode)
        {
            var make = $"install -d -m {Octal(mode)}";
            yield return $"{make} {owner} {folder} || {make} {folder}";
        }

        yield return $"{copy} {owner} {from} {file.Path} || {copy} {from} {file.Path}";
        yield return $"rm -f {from}";
    }
}
