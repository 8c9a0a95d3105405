namespace Appliance.Model.Yaml;

/// <summary>Text of a file as it may appear in a message: short, on one line, without control characters.</summary>
internal static class Quoted
{
    private const int Longest = 60;

    public static string Text(string text)
    {
        var shown = text.Length <= Longest ? text : text[..Longest] + "…";
        var safe = string.Concat(shown.Select(c => char.IsControl(c) ? '\ufffd' : c));
        return $"\"{safe}\"";
    }
}
