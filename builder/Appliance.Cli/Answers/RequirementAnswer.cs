using Appliance.Cli.Requirements;

namespace Appliance.Cli.Answers;

/// <summary>Of <c>doctor</c>, for one thing that is needed.</summary>
/// <param name="Purpose">What takes it.</param>
/// <param name="Found">Where it is; absent where it is missing.</param>
/// <param name="Install">Commands that bring it, one a system; absent where it is there.</param>
internal sealed record RequirementAnswer(
    string Name,
    string Purpose,
    bool Missing,
    string? Found,
    IReadOnlyList<string>? Install,
    string? Advice
)
{
    public static RequirementAnswer Of(Requirement item) =>
        new(
            item.Name,
            item.Purpose,
            item.IsMissing,
            item.Found,
            item is { IsMissing: true, Packages: { } packages }
                ? SystemPackages.Commands([packages])
                : null,
            item.IsMissing ? item.Advice : null
        );
}
