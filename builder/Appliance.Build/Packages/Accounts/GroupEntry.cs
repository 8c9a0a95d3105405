using System.Globalization;

namespace Appliance.Build.Packages.Accounts;

/// <summary>A line of group(5).</summary>
internal sealed record GroupEntry(
    string Name,
    string Password,
    uint Gid,
    IReadOnlyList<string> Members
)
{
    private const int Fields = 4;

    /// <summary>Reads a line that is no comment.</summary>
    /// <exception cref="BuildException">It is none of group(5).</exception>
    public static GroupEntry Parse(string line)
    {
        var fields = line.Split(':');
        return
            fields.Length == Fields
            && fields[0].Length > 0
            && uint.TryParse(
                fields[2],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var gid
            )
            ? new GroupEntry(
                fields[0],
                fields[1],
                gid,
                fields[3].Split(',', StringSplitOptions.RemoveEmptyEntries)
            )
            : throw new BuildException(
                BuildFailure.BadInput,
                $"/etc/group: '{line}' is no line of group(5)"
            );
    }

    public string ToLine() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Name}:{Password}:{Gid}:{string.Join(',', Members)}"
        );
}
