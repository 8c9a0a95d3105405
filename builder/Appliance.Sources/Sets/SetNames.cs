using System.Text.RegularExpressions;

namespace Appliance.Sources.Sets;

/// <summary>
/// The spelling of releases, architectures, sets and digests. They become parts of paths and URLs, so nothing with a
/// slash, a blank or a leading dot passes.
/// </summary>
internal static partial class SetNames
{
    public const string Extension = ".txz";

    public static bool IsRelease(string text) => Release().IsMatch(text);

    public static bool IsArchitecture(string text) => Architecture().IsMatch(text);

    public static bool IsSet(string text) => Set().IsMatch(text);

    public static bool IsSha256(string text) => Sha256().IsMatch(text);

    /// <summary>The machine (uname -m) that a mirror files an architecture (uname -p) under.</summary>
    public static string MachineOf(string architecture) =>
        architecture switch
        {
            "aarch64" => "arm64",
            "armv6" or "armv7" => "arm",
            _ when architecture.StartsWith("powerpc", StringComparison.Ordinal) => "powerpc",
            _ when architecture.StartsWith("riscv", StringComparison.Ordinal) => "riscv",
            _ => architecture,
        };

    [GeneratedRegex(@"\A[0-9]{1,3}\.[0-9]{1,3}-[A-Z][A-Z0-9-]{0,30}\z")]
    private static partial Regex Release();

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,30}\z")]
    private static partial Regex Architecture();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,60}\z")]
    private static partial Regex Set();

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex Sha256();
}
