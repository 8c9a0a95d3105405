using System.Text;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.State;
using Appliance.Rendering;

namespace Appliance.FirstBoot.Personalisation;

/// <summary>
/// Makes the ssh host keys that sshd_config names and the machine does not have yet, or has from another machine. rc.d/random runs
/// before and waits until the kernel's generator is seeded, so no two machines get the same ones.
/// </summary>
internal sealed class HostKeys(IMachine machine)
{
    private const string Folder = "/etc/ssh/";
    private const string DefaultPath = Folder + "ssh_host_ed25519_key";
    private const int PrivateMode = 0b110_000_000;

    /// <summary>An RSA key takes its time on a slow machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Paths of the private keys that the rendered sshd_config asks for; ed25519 alone when it names none.</summary>
    public static IReadOnlyList<string> Wanted(IReadOnlyList<RenderedFile> files)
    {
        var lines =
            files.FirstOrDefault(file => file.Path == "/etc/ssh/sshd_config")?.Content.Split('\n')
            ?? [];
        var named = lines
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["HostKey", ['/', ..], ..])
            .Select(words => words[1])
            .ToList();
        return named.Count == 0 ? [DefaultPath] : named;
    }

    /// <summary>Paths of the private keys that are to be made.</summary>
    /// <param name="files">The rendered files.</param>
    /// <param name="renew">The keys that are there are another machine's.</param>
    public IReadOnlyList<string> Missing(IReadOnlyList<RenderedFile> files, bool renew) =>
        [.. Wanted(files).Where(path => renew || !IsComplete(path))];

    /// <summary>Names that <see cref="Generate"/> gives to files of a key that is not in its place yet.</summary>
    public static IReadOnlyList<string> NamesAside(string path) =>
        [
            FileTransaction.Aside(path),
            FileTransaction.Aside(path) + ".pub",
            FileTransaction.Aside(path + ".pub"),
        ];

    /// <summary>Makes keys beside their places.</summary>
    /// <param name="paths">Of the private keys.</param>
    /// <param name="hostname">For the comment of the keys.</param>
    /// <returns>The places of the new files.</returns>
    /// <exception cref="FirstBootException">ssh-keygen failed.</exception>
    public IReadOnlyList<string> Generate(IReadOnlyList<string> paths, string hostname)
    {
        var made = new List<string>();
        foreach (var path in paths)
        {
            var aside = FileTransaction.Aside(path);
            machine.Delete(aside);
            machine.Delete(aside + ".pub");
            var result = machine.Run(
                "/usr/bin/ssh-keygen",
                ["-q", "-t", KindOf(path), "-N", "", "-C", $"root@{hostname}", "-f", aside],
                Limit
            );
            if (!result.Succeeded)
            {
                throw new FirstBootException($"ssh-keygen made no {path}: {result.Complaint}");
            }

            machine.Rename(aside + ".pub", FileTransaction.Aside(path + ".pub"));
            made.AddRange([path + ".pub", path]);
        }

        return made;
    }

    /// <summary>"SHA256:…" of the ed25519 key, as ssh-keygen -l prints it; null when there is none yet.</summary>
    public static string? Fingerprint(IMachine machine)
    {
        var words = Encoding.UTF8.GetString(machine.Read(DefaultPath + ".pub") ?? []).Split(' ');
        if (words.Length < 2)
        {
            return null;
        }

        var blob = new byte[words[1].Length];
        return Convert.TryFromBase64String(words[1].Trim(), blob, out var length)
            ? "SHA256:" + Convert.ToBase64String(Sha256.Digest(blob.AsSpan(0, length))).TrimEnd('=')
            : null;
    }

    private bool IsComplete(string path) =>
        machine.Read(path) is { Length: > 0 }
        && machine.Read(path + ".pub") is { Length: > 0 }
        && machine.Mode(path) == PrivateMode;

    /// <summary>"ed25519" of "/etc/ssh/ssh_host_ed25519_key".</summary>
    private static string KindOf(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.Split('_') is ["ssh", "host", var kind, "key"]
            ? kind
            : throw new FirstBootException($"sshd_config names the host key {path}: of what kind?");
    }
}
