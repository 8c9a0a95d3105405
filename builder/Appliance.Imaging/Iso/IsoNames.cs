using System.Text;

namespace Appliance.Imaging.Iso;

/// <summary>Identifiers of one of the two trees.</summary>
/// <param name="Encode">A name as it stands in a record.</param>
internal sealed record IsoNames(Func<string, bool, byte[]> Encode)
{
    /// <summary>Level 2 of ECMA-119: 30 d-characters with one point, and a version for files.</summary>
    public static IsoNames Primary { get; } = new(EncodePrimary);

    /// <summary>UCS-2, 64 characters.</summary>
    public static IsoNames Joliet { get; } = new(EncodeJoliet);

    private static byte[] EncodePrimary(string name, bool isFolder)
    {
        if (name.Length > 30)
        {
            throw new ImagingException($"'{name}' is longer than the 30 characters of ISO 9660");
        }
        string letters = string.Concat(name.ToUpperInvariant().Select(Letter));
        if (isFolder)
        {
            return Encoding.ASCII.GetBytes(letters.Replace('.', '_'));
        }
        int point = letters.LastIndexOf('.');
        string stem =
            point < 0 ? letters + "." : letters[..point].Replace('.', '_') + letters[point..];
        return Encoding.ASCII.GetBytes(stem + ";1");
    }

    private static char Letter(char letter) =>
        char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter == '.'
            ? letter
            : '_';

    private static byte[] EncodeJoliet(string name, bool isFolder)
    {
        if (
            name.Length > 64
            || name.Any(letter => letter is < ' ' or '*' or '/' or ':' or ';' or '?' or '\\')
        )
        {
            throw new ImagingException(
                $"'{name}' is no name of Joliet: at most 64 characters, none of them a control, '*', '/', ':', ';', '?' or '\\'"
            );
        }
        return Encoding.BigEndianUnicode.GetBytes(isFolder ? name : name + ";1");
    }
}
