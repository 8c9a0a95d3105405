using System.Text.RegularExpressions;
using Appliance.Model.Reports;
using Appliance.Model.Yaml;

namespace Appliance.Model.Profiles;

/// <summary>Reads the repositories of a profile.</summary>
internal sealed partial class RepositoryReader(NodeReader reader)
{
    private const int HighestPriority = 1000;

    private static readonly string[] TrustKeys = ["fingerprints", "pubkey", "unsigned"];

    /// <summary>
    /// What /etc/pkg/FreeBSD.conf of the release has for packages: the machine then finds its packages where they came
    /// from. The repository of kernel modules is asked only where a package is named as one (drm-kmod); for others the
    /// profile names the repositories itself.
    /// </summary>
    public static IReadOnlyList<ProfileRepository> Official(
        SourceLocation at,
        IEnumerable<string> packages
    ) =>
        [
            Official(at, "FreeBSD-ports", "quarterly"),
            .. packages.Any(name => name.Contains("-kmod", StringComparison.Ordinal))
                ? [Official(at, "FreeBSD-ports-kmods", "kmods_quarterly_${VERSION_MINOR}")]
                : Array.Empty<ProfileRepository>(),
        ];

    /// <summary>The repository of the base system's own packages, which no base set can vouch for.</summary>
    public static ProfileRepository OfficialBase(SourceLocation at) =>
        Official(at, ProfileRepository.BaseName, "base_release_${VERSION_MINOR}") with
        {
            Keys = new Located<string>("/usr/share/keys/pkgbase-${VERSION_MAJOR}", at),
            IsOfficialBase = true,
        };

    /// <summary>The entries of the optional mapping "repositories".</summary>
    public List<ProfileRepository> Read(MappingReader map)
    {
        var entries = map.Optional("repositories") is { } entry
            ? reader.Mapping(entry.Value)?.Entries
            : null;
        return [.. (entries ?? []).Select(ReadOne).OfType<ProfileRepository>()];
    }

    private static ProfileRepository Official(SourceLocation at, string name, string branch) =>
        new()
        {
            At = at,
            Name = name,
            Url = new Located<string>($"pkg+https://pkg.FreeBSD.org/${{ABI}}/{branch}", at),
            Trust = RepositoryTrust.Fingerprints,
            Keys = new Located<string>(ProfileRepository.PackageKeys, at),
        };

    private ProfileRepository? ReadOne(YamlEntry entry)
    {
        if (!RepositoryName().IsMatch(entry.Key))
        {
            reader.Report.Add(
                FindingCatalogue.NotAPlace,
                entry.At,
                $"{Quoted.Text(entry.Key)} is no name of a repository: it is up to 63 letters, digits and any of . _ -"
            );
            return null;
        }

        if (reader.Mapping(entry.Value) is not { } mapping)
        {
            return null;
        }

        var map = new MappingReader(reader, mapping, entry.At);
        var isPlaced = ExclusiveKeys.Check(map, "url", "folder");
        var (trust, keys) = ReadTrust(map);
        var repository = new ProfileRepository
        {
            At = entry.At,
            Name = entry.Key,
            Url = ReadText(
                map,
                "url",
                Url(),
                "is no URL of a repository, such as pkg+https://pkg.FreeBSD.org/${ABI}/latest"
            ),
            Folder = ReadText(map, "folder", AnyPath(), "is no path of a folder"),
            Trust = trust,
            Keys = keys,
            Priority = map.OptionalNumber("priority", 0, HighestPriority)?.Value ?? 0,
        };
        map.Finish();
        return isPlaced ? repository : null;
    }

    private (RepositoryTrust Trust, Located<string>? Keys) ReadTrust(MappingReader map)
    {
        if (TrustKeys.Count(map.Has) > 1)
        {
            ExclusiveKeys.Check(map, TrustKeys);
        }

        var fingerprints = ReadText(map, "fingerprints", AnyPath(), "is no path of a folder");
        var key = ReadText(map, "pubkey", AnyPath(), "is no path of a file");
        var unsigned = map.OptionalBoolean("unsigned");
        if (unsigned is { Value: true })
        {
            reader.Report.Add(
                FindingCatalogue.UnsignedRepository,
                unsigned.At,
                "whoever controls this repository, or the way to it, controls the image",
                "sign it: pkg repo DIR KEY"
            );
            return (RepositoryTrust.None, null);
        }

        return key is not null
            ? (RepositoryTrust.PublicKey, key)
            : (
                RepositoryTrust.Fingerprints,
                fingerprints ?? new Located<string>(ProfileRepository.PackageKeys, map.Owner)
            );
    }

    private Located<string>? ReadText(MappingReader map, string key, Regex form, string reason)
    {
        if (map.Optional(key) is not { } entry || reader.Scalar(entry.Value) is not { } scalar)
        {
            return null;
        }

        if (form.IsMatch(scalar.Text))
        {
            return new Located<string>(scalar.Text, scalar.At);
        }

        reader.Report.Add(
            FindingCatalogue.NotAPlace,
            scalar.At,
            $"{NodeReader.Show(scalar)} {reason}"
        );
        return null;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,62}\z")]
    private static partial Regex RepositoryName();

    /// <summary>No user and no password: what is secret does not stand in a profile.</summary>
    [GeneratedRegex(
        @"\A(?:pkg\+)?(?:https?://[A-Za-z0-9.:\[\]-]+|file://)(?:/[A-Za-z0-9._~%+:${}/-]*)?\z"
    )]
    private static partial Regex Url();

    [GeneratedRegex(@"\A(?!(?:.*/)?\.\.(?:/|\z))[^\x00-\x1f""'`$\\]{1,500}\z")]
    private static partial Regex AnyPath();
}
