namespace Appliance.Cli.Requirements;

/// <summary>Something that a task takes, and whether it is here.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Purpose">What takes it.</param>
/// <param name="Found">Where it is; null where it is missing.</param>
/// <param name="Packages">What brings it; null where no package does.</param>
/// <param name="Advice">What to do where no package brings it.</param>
internal sealed record Requirement(
    string Name,
    string Purpose,
    string? Found,
    SystemPackages? Packages = null,
    string? Advice = null
)
{
    public bool IsMissing => Found is null;

    /// <summary>All that is missing, and the commands that bring it, as lines.</summary>
    public static IEnumerable<string> Explain(IReadOnlyList<Requirement> missing)
    {
        foreach (var item in missing)
        {
            yield return $"  {item.Name}, for {item.Purpose}{(item.Advice is { } advice ? $": {advice}" : "")}";
        }

        foreach (
            var command in SystemPackages.Commands([
                .. missing.Select(item => item.Packages).OfType<SystemPackages>(),
            ])
        )
        {
            yield return $"  {command}";
        }
    }
}
