namespace Appliance.Cli.Answers;

/// <summary>Of <c>seed</c>.</summary>
internal sealed record SeedAnswer(string Site, IReadOnlyList<string> Files);
