namespace Appliance.Imaging.Tree;

/// <summary>Orders names by the bytes of their UTF-8 form, without making them.</summary>
public sealed class Utf8Order : IComparer<string>
{
    public static Utf8Order Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> left = x;
        ReadOnlySpan<char> right = y;
        int common = left.CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length - right.Length;
        }
        // UTF-16 puts surrogates below U+E000..U+FFFF, UTF-8 above: only then do the two orders differ.
        char a = left[common];
        char b = right[common];
        bool aIsSurrogate = char.IsSurrogate(a);
        return aIsSurrogate == char.IsSurrogate(b) ? a - b
            : aIsSurrogate ? (b >= '\uE000' ? 1 : a - b)
            : a >= '\uE000' ? -1
            : a - b;
    }
}
