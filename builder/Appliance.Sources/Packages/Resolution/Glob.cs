using System.IO.Enumeration;

namespace Appliance.Sources.Packages.Resolution;

/// <summary>Patterns with <c>*</c> and <c>?</c>.</summary>
internal static class Glob
{
    public static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?');

    public static bool IsMatch(string pattern, string text, bool ignoresCase = false) =>
        FileSystemName.MatchesSimpleExpression(pattern, text, ignoresCase);
}
