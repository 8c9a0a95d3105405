using Appliance.FirstBoot.Machine;
using Appliance.Rendering;

namespace Appliance.FirstBoot.Personalisation;

/// <summary>Asks the programs that will read the new files whether they can, while the old ones are in place.</summary>
internal static class ConfigurationTests
{
    /// <summary>Part of FRR, which not every image has.</summary>
    private const string Vtysh = "/usr/local/bin/vtysh";
    private const string SshdConfig = "/etc/ssh/sshd_config";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static readonly Dictionary<string, (string Program, string[] Arguments)> Readers = new()
    {
        ["/etc/rc.conf"] = ("/bin/sh", ["-n"]),
        ["/etc/pf.conf"] = ("/sbin/pfctl", ["-n", "-f"]),
        ["/etc/pf-fallback.conf"] = ("/sbin/pfctl", ["-n", "-f"]),
        ["/usr/local/etc/frr/frr.conf"] = (Vtysh, ["-C", "-f"]),
        [SshdConfig] = ("/usr/sbin/sshd", ["-t", "-f"]),
    };

    /// <param name="machine">The operating system.</param>
    /// <param name="files">The new files.</param>
    /// <param name="hostKeys">New host keys beside their places: without any sshd reads no configuration.</param>
    /// <param name="secrets">Values that a complaint may quote and a message must not.</param>
    /// <exception cref="FirstBootException">A program refuses its file.</exception>
    public static void Run(
        IMachine machine,
        IReadOnlyList<RenderedFile> files,
        IReadOnlyList<string> hostKeys,
        IEnumerable<string> secrets
    )
    {
        // pfctl opens /dev/pf even when it only reads rules; on failure pfctl itself says what is missing.
        machine.Run("/sbin/kldload", ["-n", "-q", "pf"], Limit);
        foreach (var path in files.Select(file => file.Path))
        {
            if (
                Readers.TryGetValue(path, out var reader)
                && machine.Mode(FileTransaction.Aside(path)) is not null
                && (reader.Program != Vtysh || machine.Mode(Vtysh) is not null)
            )
            {
                var result = machine.Run(
                    reader.Program,
                    [
                        .. reader.Arguments,
                        FileTransaction.Aside(path),
                        .. path == SshdConfig ? KeyArguments(hostKeys) : [],
                    ],
                    Limit
                );
                if (!result.Succeeded)
                {
                    throw new FirstBootException(
                        $"{reader.Program} refuses {path}: {Without(secrets, result.Complaint)}"
                    );
                }
            }
        }
    }

    private static string Without(IEnumerable<string> secrets, string text) =>
        secrets
            .Where(secret => secret.Length > 0)
            .Aggregate(text, (all, secret) => all.Replace(secret, "…", StringComparison.Ordinal));

    private static IEnumerable<string> KeyArguments(IReadOnlyList<string> hostKeys) =>
        hostKeys
            .Where(path => !path.EndsWith(".pub", StringComparison.Ordinal))
            .SelectMany(path => new[] { "-h", FileTransaction.Aside(path) });
}
