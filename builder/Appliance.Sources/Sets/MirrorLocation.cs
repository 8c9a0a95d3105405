namespace Appliance.Sources.Sets;

/// <summary>
/// Where a mirror keeps a release: <c>releases/MACHINE/ARCHITECTURE/RELEASE/</c>, as on download.freebsd.org.
/// </summary>
internal static class MirrorLocation
{
    private static readonly Uri Default = new("https://download.freebsd.org/releases/");

    /// <summary>The directory of a release, with a slash at its end.</summary>
    /// <exception cref="SourceException">The URL of the mirror is none of http or https.</exception>
    public static Uri DirectoryOf(SetRequest request)
    {
        var mirror = request.Mirror ?? Default;
        if (!mirror.IsAbsoluteUri || mirror.Scheme is not ("http" or "https"))
        {
            throw new SourceException(
                SourceFailure.BadRequest,
                $"{mirror}: a mirror is an http or https URL; a directory of this machine is named with --sets"
            );
        }

        var root = new Uri(mirror.AbsoluteUri.TrimEnd('/') + "/");
        return root.Segments[^1] == request.Release + "/"
            ? root
            : new Uri(
                root,
                $"{SetNames.MachineOf(request.Architecture)}/{request.Architecture}/{request.Release}/"
            );
    }
}
