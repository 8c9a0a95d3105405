namespace Appliance.Cli.Answers;

/// <summary>Of <c>lock</c>, for one profile.</summary>
/// <param name="Lock">The lock file.</param>
/// <param name="Changes">A line for people each.</param>
internal sealed record LockAnswer(string Lock, IReadOnlyList<string> Changes);
