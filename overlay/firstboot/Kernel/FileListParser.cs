using System.Globalization;

namespace Appliance.FirstBoot.Kernel;

/// <summary>Owner and permission of a file.</summary>
/// <param name="Mode">Permission bits.</param>
/// <param name="Owner">Name of the user, or the number when it has none.</param>
/// <param name="Group">Name of the group, or the number.</param>
internal sealed record FileFacts(int Mode, string Owner, string Group);

/// <summary>Reads <c>stat -f "%Lp %Su %Sg %N" FILES</c>; the name is last because it may hold anything.</summary>
internal static class FileListParser
{
    public const string Format = "%Lp %Su %Sg %N";

    public static IReadOnlyDictionary<string, FileFacts> Parse(string text)
    {
        var files = new Dictionary<string, FileFacts>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            if (line.Split(' ', 4) is [var mode, var owner, var group, var name] && IsOctal(mode))
            {
                files[name] = new FileFacts(Convert.ToInt32(mode, 8), owner, group);
            }
        }

        return files;
    }

    public static string Octal(int mode) =>
        Convert.ToString(mode, 8).PadLeft(4, '0').ToString(CultureInfo.InvariantCulture);

    private static bool IsOctal(string text) =>
        text.Length is > 0 and < 6 && text.All(digit => digit is >= '0' and <= '7');
}
