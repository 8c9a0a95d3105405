using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Appliance.Sources.Sets;
using Appliance.Sources.Store;

namespace Appliance.Sources.Packages.Resolution;

/// <summary>The system that packages are chosen for.</summary>
public sealed partial record TargetSystem
{
    private const string ParamHeader = "usr/include/sys/param.h";
    private const string Compatible32Suffix = ":32";

    /// <summary>Operating system, major version and architecture, e.g. <c>FreeBSD:15:amd64</c>.</summary>
    public required string Abi { get; init; }

    /// <summary>Major and minor version of the release, "15" and "1"; part of URLs and keys of repositories.</summary>
    public (string Major, string Minor) Version { get; init; } = ("", "");

    /// <summary>
    /// <c>__FreeBSD_version</c> of the release, e.g. 1500068; null where not known, then what packages say of theirs is not
    /// looked at.
    /// </summary>
    public int? OsVersion { get; init; }

    /// <summary>
    /// The shared libraries of the base system, 32-bit ones with <c>:32</c> behind their names; null where not known, then
    /// libraries that no package brings are taken for those of the base system.
    /// </summary>
    public IReadOnlySet<string>? Libraries { get; init; }

    /// <summary>A system of which only release and architecture are known: enough where a lock says the rest.</summary>
    /// <param name="release">The release, as FreeBSD names it.</param>
    /// <param name="architecture">The processor architecture as <c>uname -p</c> names it.</param>
    public static TargetSystem Of(string release, string architecture)
    {
        ArgumentNullException.ThrowIfNull(release);
        ArgumentNullException.ThrowIfNull(architecture);
        return SetNames.IsRelease(release) && SetNames.IsArchitecture(architecture)
            ? new TargetSystem
            {
                Abi = $"FreeBSD:{release.Split('.')[0]}:{architecture}",
                Version = (release.Split('.')[0], release.Split('.', '-')[1]),
            }
            : throw new SourceException(
                SourceFailure.BadRequest,
                $"\"{release}\" for \"{architecture}\" is no release of FreeBSD"
            );
    }

    /// <summary>
    /// A system made of release sets: its version is that of <c>sys/param.h</c>, its libraries those in /lib, /usr/lib and
    /// /usr/lib32. Source: scan_system_shlibs of libpkg/pkgbase.c of pkg(8).
    /// </summary>
    public static TargetSystem Of(string release, string architecture, IReadOnlyList<Layer> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        var libraries = new HashSet<string>(StringComparer.Ordinal);
        int? version = null;
        foreach (var layer in layers)
        {
            foreach (var entry in layer.Entries)
            {
                if (entry.Kind != LayerEntryKind.Directory && LibraryOf(entry.Path) is { } library)
                {
                    libraries.Add(library);
                }

                version ??= entry.Path == ParamHeader ? VersionIn(layer, entry) : null;
            }
        }

        return Of(release, architecture) with
        {
            OsVersion = version,
            Libraries = libraries,
        };
    }

    /// <summary>
    /// Whether a package of this ABI may be installed: one whose parts the system's ABI starts with (<c>FreeBSD:15</c>), or
    /// whose pattern it matches, whatever the case. Source: is_valid_abi of libpkg/utils.c.
    /// </summary>
    public bool Accepts(string packageAbi)
    {
        ArgumentNullException.ThrowIfNull(packageAbi);
        return packageAbi.Length > 0
                && $"{Abi}:".StartsWith($"{packageAbi}:", StringComparison.OrdinalIgnoreCase)
            || Glob.IsMatch(packageAbi, Abi, ignoresCase: true);
    }

    /// <summary>Whether the base system has a library; those for 32 bits do not matter where it has none at all.</summary>
    internal bool HasLibrary(string name) =>
        Libraries is null
        || Libraries.Contains(name)
        || (
            name.EndsWith(Compatible32Suffix, StringComparison.Ordinal)
            && !Libraries.Any(other => other.EndsWith(Compatible32Suffix, StringComparison.Ordinal))
        );

    private static string? LibraryOf(string path)
    {
        var slash = path.LastIndexOf('/');
        var suffix = (slash < 0 ? "" : path[..slash]) switch
        {
            "lib" or "usr/lib" => "",
            "usr/lib32" => Compatible32Suffix,
            _ => null,
        };
        var name = path[(slash + 1)..];
        return suffix is not null && LibraryName().IsMatch(name) ? name + suffix : null;
    }

    private static int? VersionIn(Layer layer, LayerEntry header)
    {
        using var payload = layer.Open();
        var bytes = new byte[Math.Min(header.Length, 1 << 20)];
        _ = payload.Read(header, 0, bytes);
        var found = VersionDefinition().Match(Encoding.Latin1.GetString(bytes));
        return found.Success
            ? int.Parse(found.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)
            : null;
    }

    [GeneratedRegex(@"\Alib.+\.so(\.[0-9.]*)?\z")]
    private static partial Regex LibraryName();

    [GeneratedRegex(@"^#define\s+__FreeBSD_version\s+([0-9]{6,9})\b", RegexOptions.Multiline)]
    private static partial Regex VersionDefinition();
}
