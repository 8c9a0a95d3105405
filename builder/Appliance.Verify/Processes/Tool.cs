namespace Appliance.Verify.Processes;

/// <summary>A program of the host, and the packages that bring it.</summary>
/// <param name="Name">The executable's name without folder and without ".exe".</param>
/// <param name="Debian">Package for apt.</param>
/// <param name="Brew">Formula for Homebrew; null when there is none, or nothing to do with it on macOS.</param>
/// <param name="Pkg">Package for FreeBSD's pkg; null likewise.</param>
/// <param name="Fedora">Package for dnf; null where none is known.</param>
public sealed record Tool(
    string Name,
    string Debian,
    string? Brew = null,
    string? Pkg = null,
    string? Fedora = null
);
