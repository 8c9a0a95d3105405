using System.Text.RegularExpressions;
using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Sets;

namespace Appliance.Sources.Packages.Repositories;

/// <summary>Where the files of a repository lie, or will lie, on this machine, and where they come from.</summary>
/// <param name="Repository">The repository.</param>
/// <param name="Directory">The folder on this machine.</param>
/// <param name="Url">The repository itself, with a slash at its end; null where no network may be used.</param>
internal sealed partial record RepositoryPlace(
    PackageRepository Repository,
    string Directory,
    Uri? Url
)
{
    private const string FileScheme = "file";
    private const string PkgPrefix = "pkg+";

    /// <exception cref="SourceException">The name, the URL or a variable in it is wrong.</exception>
    public static RepositoryPlace Of(
        PackageRepository repository,
        TargetSystem system,
        CacheLocation cache,
        bool isOffline
    )
    {
        if (!PackageNames.IsDirectoryName(repository.Name))
        {
            throw BadRequest(
                $"\"{PackageNames.Shown(repository.Name)}\" is no name of a repository; one is written like latest"
            );
        }

        var url = repository.Url is { } text ? Expand(repository, text, system) : null;
        var directory =
            repository.Directory
            ?? (url?.Scheme == FileScheme ? url.LocalPath : null)
            ?? cache.PackagesDirectory(system.Abi, repository.Name);
        var isRemote = repository.Directory is null && url?.Scheme is "http" or "https";
        return new RepositoryPlace(
            repository,
            Path.GetFullPath(directory),
            isRemote && !isOffline ? url : null
        );
    }

    /// <summary>A file of the repository on this machine.</summary>
    /// <exception cref="SourceException">The repository names one outside itself.</exception>
    public string PathOf(string repositoryPath) =>
        PackageNames.IsRepositoryPath(repositoryPath)
            ? Path.Combine([Directory, .. repositoryPath.Split('/')])
            : throw new SourceException(
                SourceFailure.Malformed,
                $"the repository {Repository.Name} has a package at \"{PackageNames.Shown(repositoryPath)}\", which is no path in it"
            );

    /// <summary>The URL of a file of the repository; null where no network may be used.</summary>
    public Uri? UrlOf(string repositoryPath) =>
        Url is null
            ? null
            : new Uri(
                Url,
                string.Join('/', repositoryPath.Split('/').Select(Uri.EscapeDataString))
            );

    /// <summary>What the user can do where a file is out of reach.</summary>
    public string Advice(string files) =>
        $"Put {files} into {Directory}"
        + (Url is null ? "" : $"; the repository is at {Url}")
        + ", or name another place of the repository";

    private static Uri Expand(PackageRepository repository, string text, TargetSystem system)
    {
        var parts = system.Abi.Split(':');
        var expanded = Variable()
            .Replace(
                text,
                match =>
                    match.Groups[1].Value switch
                    {
                        "ABI" => system.Abi,
                        "VERSION_MAJOR" or "RELEASE" => parts[1],
                        "VERSION_MINOR" when system.Version.Minor.Length > 0 => system
                            .Version
                            .Minor,
                        "ARCH" => parts[^1],
                        var other => throw BadRequest(
                            $"{text}: the variable {other} in the URL of the repository {repository.Name} is not known; known are ABI, VERSION_MAJOR, VERSION_MINOR, RELEASE and ARCH"
                        ),
                    }
            );
        var url = expanded.StartsWith(PkgPrefix, StringComparison.Ordinal)
            ? expanded[PkgPrefix.Length..]
            : expanded;
        return
            Uri.TryCreate(url.TrimEnd('/') + "/", UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https" or FileScheme
            ? uri
            : throw BadRequest(
                $"{text}: the URL of the repository {repository.Name} is none of http, https or file"
            );
    }

    private static SourceException BadRequest(string message) =>
        new(SourceFailure.BadRequest, message);

    [GeneratedRegex(@"\$\{([A-Za-z_]+)\}")]
    private static partial Regex Variable();
}
