using System.IO.Enumeration;

namespace Appliance.Sources.Packages.Resolution;

/// <summary>Patterns with <c>*</c> and <c>?</c>, whatever the case.</summary>
internal static class Glob
{
    public static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?');

    public static bool IsMatch(string pattern, string text) =>
        FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: true);
}
