using Appliance.Sources.Archives;

namespace Appliance.Sources.Packages;

/// <summary>
/// The spelling of names, versions, repositories and paths of packages. They become parts of paths, URLs and messages, so
/// nothing with a slash where none belongs, a control character or a leading dot passes.
/// </summary>
internal static class PackageNames
{
    private const int LongestName = 200;
    private const int LongestPath = 1023;

    public static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(IsNameCharacter);

    public static bool IsVersion(string text) =>
        text.Length is > 0 and <= LongestName
        && text.All(next => next is > ' ' and < '\x7f' and not '/' and not '\\');

    /// <summary>A name of a repository or a part of an ABI: it becomes the name of a directory.</summary>
    public static bool IsDirectoryName(string text) =>
        text.Length is > 0 and <= LongestName
        && char.IsAsciiLetterOrDigit(text[0])
        && text.All(next => IsNameCharacter(next) || next == ':');

    /// <summary>A path below a repository: relative, with no part that leads upwards or starts with a dot.</summary>
    public static bool IsRepositoryPath(string text) =>
        text.Length is > 0 and <= LongestPath
        && text.All(next =>
            next is > ' ' and < '\x7f' and not '\\' and not '%' and not '?' and not '#'
        )
        && text.Split('/').All(part => part.Length > 0 && part[0] != '.');

    public static string CheckName(string text) =>
        IsName(text)
            ? text
            : throw new ArchiveException($"\"{Shown(text)}\" is no name of a package");

    public static string CheckVersion(string text) =>
        IsVersion(text)
            ? text
            : throw new ArchiveException($"\"{Shown(text)}\" is no version of a package");

    /// <summary>A text for a message: printable and not too long.</summary>
    public static string Shown(string text) =>
        new([
            .. text.Take(80)
                .Select(next => char.IsControl(next) || char.IsSurrogate(next) ? '?' : next),
        ]);

    private static bool IsNameCharacter(char next) =>
        char.IsAsciiLetterOrDigit(next) || next is '-' or '_' or '.' or '+' or '@' or '~';
}
