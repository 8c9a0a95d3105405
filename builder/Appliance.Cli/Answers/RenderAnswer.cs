namespace Appliance.Cli.Answers;

/// <summary>Of <c>render</c>, for one file.</summary>
/// <param name="Mode">Octal.</param>
/// <param name="InImage">Not only made at first boot.</param>
internal sealed record ShownFile(
    string Path,
    string Mode,
    string Owner,
    string Group,
    bool InImage,
    string Content
);

/// <summary>Of <c>render --output</c>.</summary>
/// <param name="Files">Paths on the router, below the folder.</param>
internal sealed record WrittenFiles(string Folder, IReadOnlyList<string> Files);

/// <summary>Of <c>render --diff</c>, for one file.</summary>
/// <param name="Diff">Unified.</param>
internal sealed record DifferentFile(string Path, string Diff);
