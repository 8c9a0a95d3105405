namespace Appliance.Cli.Requirements;

/// <summary>The packages that bring something, by the system's package manager; empty where nothing is to be installed.</summary>
/// <param name="Apt">Debian and Ubuntu.</param>
/// <param name="Dnf">Fedora.</param>
/// <param name="Brew">macOS with Homebrew.</param>
/// <param name="Pkg">FreeBSD.</param>
internal sealed record SystemPackages(
    string Apt,
    string Dnf = "",
    string Brew = "",
    string Pkg = ""
)
{
    /// <summary>One command for each system that brings all of these.</summary>
    public static IReadOnlyList<string> Commands(IReadOnlyList<SystemPackages> packages) =>
        [
            .. Line("Debian, Ubuntu", "sudo apt install", packages.Select(item => item.Apt)),
            .. Line("Fedora", "sudo dnf install", packages.Select(item => item.Dnf)),
            .. Line("macOS", "brew install", packages.Select(item => item.Brew)),
            .. Line("FreeBSD", "sudo pkg install", packages.Select(item => item.Pkg)),
        ];

    private static IEnumerable<string> Line(
        string system,
        string command,
        IEnumerable<string> packages
    )
    {
        var names = packages
            .SelectMany(item => item.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Distinct()
            .ToList();
        return names.Count == 0 ? [] : [$"{system + ":", -16}{command} {string.Join(' ', names)}"];
    }
}
