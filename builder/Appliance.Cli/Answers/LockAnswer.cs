namespace Appliance.Cli.Answers;

/// <summary>Of <c>lock</c>, for one profile.</summary>
/// <param name="Lock">The lock file.</param>
/// <param name="Base">Release and patch level that the lock pins.</param>
/// <param name="Changes">A line for people each.</param>
/// <param name="Closes">Vulnerabilities that the change closes, a line for people each.</param>
internal sealed record LockAnswer(
    string Lock,
    string Base,
    IReadOnlyList<string> Changes,
    IReadOnlyList<string> Closes
);
