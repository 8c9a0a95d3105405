using System.Text;

namespace Appliance.Imaging.Fat;

/// <summary>
/// The 8.3 names of one directory: a name that is one already keeps it, others get an alias with a number
/// (FAT specification, 7.4).
/// </summary>
internal sealed class ShortNames
{
    /// <summary>Bytes of an 8.3 name: base and extension padded with spaces, without the dot.</summary>
    public const int Length = 11;

    private const int BaseLength = 8;
    private const int ExtensionLength = 3;
    private const string Punctuation = "$%'-_@~`!(){}^#&";

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Whether a name is a plain 8.3 name in capitals and needs no long name beside it.</summary>
    public static bool IsShort(string name)
    {
        string[] parts = name.Split('.');
        return parts.Length <= 2
            && parts[0].Length is > 0 and <= BaseLength
            && (parts.Length == 1 || parts[1].Length is > 0 and <= ExtensionLength)
            && parts.All(part => part.All(IsShortCharacter));
    }

    /// <summary>Takes the name itself; the caller does so for all such names before it asks for aliases.</summary>
    public byte[] TakeExact(string name)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        string padded =
            dot < 0
                ? name.PadRight(Length)
                : name[..dot].PadRight(BaseLength) + name[(dot + 1)..].PadRight(ExtensionLength);
        _taken.Add(padded);
        return Encoding.ASCII.GetBytes(padded);
    }

    /// <summary>Takes an alias for a name, with the first number that is free.</summary>
    public byte[] TakeAlias(string name)
    {
        string trimmed = name.TrimStart('.', ' ');
        int dot = trimmed.LastIndexOf('.');
        string stem = Reduce(dot > 0 ? trimmed[..dot] : trimmed, BaseLength);
        string extension = dot > 0 ? Reduce(trimmed[(dot + 1)..], ExtensionLength) : "";
        for (int number = 1; ; number++)
        {
            string tail = $"~{number}";
            string start = stem[..Math.Min(stem.Length, BaseLength - tail.Length)];
            string padded =
                (start + tail).PadRight(BaseLength) + extension.PadRight(ExtensionLength);
            if (_taken.Add(padded))
            {
                return Encoding.ASCII.GetBytes(padded);
            }
        }
    }

    private static string Reduce(string text, int length)
    {
        var reduced = new StringBuilder();
        foreach (char c in text.ToUpperInvariant())
        {
            if (c is not (' ' or '.') && reduced.Length < length)
            {
                reduced.Append(IsShortCharacter(c) ? c : '_');
            }
        }
        return reduced.Length == 0 ? "_" : reduced.ToString();
    }

    private static bool IsShortCharacter(char c) =>
        char.IsAsciiLetterUpper(c)
        || char.IsAsciiDigit(c)
        || Punctuation.Contains(c, StringComparison.Ordinal);
}
