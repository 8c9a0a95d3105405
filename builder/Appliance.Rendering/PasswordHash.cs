namespace Appliance.Rendering;

/// <summary>Hashes of crypt(3) as master.passwd(5) has them: "$6$salt$hash". The one rule for `seed` and for first boot.</summary>
public static class PasswordHash
{
    public static bool IsHash(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is > 12 and < 256
            && text[0] == '$'
            && text.Count(letter => letter == '$') >= 3
            && text.All(letter =>
                char.IsAsciiLetterOrDigit(letter) || letter is '$' or '.' or '/' or '=' or ','
            );
    }
}
