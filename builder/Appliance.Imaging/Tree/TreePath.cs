using System.Text;

namespace Appliance.Imaging.Tree;

/// <summary>Splits and checks paths of the tree: names separated by "/", relative to the root.</summary>
internal static class TreePath
{
    /// <summary>Longest name in bytes of UTF-8 (UFS_MAXNAMLEN in ufs/ufs/dir.h).</summary>
    public const int MaximumNameLength = 255;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Strips what archives put around a path: "./" or "/" before it, "/" after it. The root is "".</summary>
    public static ReadOnlySpan<char> Normalize(ReadOnlySpan<char> path)
    {
        if (path is "." or "/" or "./")
        {
            return [];
        }
        if (path.StartsWith("./"))
        {
            path = path[2..];
        }
        else if (path.StartsWith("/"))
        {
            path = path[1..];
        }
        return path.EndsWith("/") ? path[..^1] : path;
    }

    /// <summary>Cuts the first name off a normalised path.</summary>
    public static ReadOnlySpan<char> TakeName(ref ReadOnlySpan<char> path)
    {
        int slash = path.IndexOf('/');
        ReadOnlySpan<char> name = slash < 0 ? path : path[..slash];
        path = slash < 0 ? [] : path[(slash + 1)..];
        return name;
    }

    /// <summary>Throws unless a name can stand in a directory.</summary>
    public static void CheckName(ReadOnlySpan<char> name, ReadOnlySpan<char> path)
    {
        if (name is "" or "." or "..")
        {
            throw new ImagingException(
                $"Path '{path}' has the component '{name}'; a path of the tree has plain names only."
            );
        }
        if (name.Contains('\0'))
        {
            throw new ImagingException(
                $"Path '{path.ToString().Replace("\0", "\\0", StringComparison.Ordinal)}' has a NUL in a name."
            );
        }
        if (Utf8Length(name, path) is > MaximumNameLength and int length)
        {
            throw new ImagingException(
                $"Path '{path}': the name '{name[..32]}…' is {length} bytes long; {MaximumNameLength} is the limit."
            );
        }
    }

    private static int Utf8Length(ReadOnlySpan<char> name, ReadOnlySpan<char> path)
    {
        try
        {
            return StrictUtf8.GetByteCount(name);
        }
        catch (EncoderFallbackException e)
        {
            throw new ImagingException($"Path '{path}' has a name that is not Unicode text.", e);
        }
    }
}
