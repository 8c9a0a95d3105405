using System.Text;

namespace Appliance.Build.Packages.Scripts;

/// <summary>A shell script as its statements: without comments, empty lines, indentation and continued lines.</summary>
internal static class ShellText
{
    public static string Normalise(string script)
    {
        var text = new StringBuilder();
        foreach (
            var line in script
                .Replace("\r\n", "\n", StringComparison.Ordinal)
                .Replace("\\\n", " ", StringComparison.Ordinal)
                .Split('\n')
        )
        {
            var statement = line.Trim();
            if (statement is not "" and not ['#', ..])
            {
                text.Append(statement).Append('\n');
            }
        }

        return text.ToString();
    }
}
