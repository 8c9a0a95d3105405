using System.Text;
using Appliance.Sources.Archives;

namespace Appliance.Sources.Packages.Manifests;

/// <summary>
/// Paths, scripts and descriptions have their bytes outside ASCII, and the percent sign, written as <c>%xx</c>. A percent
/// sign without two hexadecimal digits behind it stands for itself.
/// </summary>
internal static class PercentCode
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static string Decode(string text)
    {
        if (!text.Contains('%'))
        {
            return text;
        }

        var source = Encoding.UTF8.GetBytes(text);
        var decoded = new byte[source.Length];
        var length = 0;
        for (var index = 0; index < source.Length; index++)
        {
            if (
                source[index] == (byte)'%'
                && index + 2 < source.Length
                && IsHex(source[index + 1])
                && IsHex(source[index + 2])
            )
            {
                decoded[length++] = (byte)(
                    (Digit(source[index + 1]) << 4) | Digit(source[index + 2])
                );
                index += 2;
            }
            else
            {
                decoded[length++] = source[index];
            }
        }

        return Text(decoded.AsSpan(0, length));
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw new ArchiveException(
                $"\"{Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 80)])}\" is not UTF-8",
                exception
            );
        }
    }

    private static bool IsHex(byte digit) => char.IsAsciiHexDigit((char)digit);

    private static int Digit(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
