using Appliance.Imaging.Tree;

namespace Appliance.Build.Overlays;

/// <summary>A file or directory that the builder adds to the sets.</summary>
/// <param name="Path">Absolute target path.</param>
/// <param name="Content">Null for a directory.</param>
/// <param name="Mode">Permission bits.</param>
/// <param name="Owner">User name on the target.</param>
/// <param name="Group">Group name on the target.</param>
public sealed record OverlayEntry(
    string Path,
    FileContent? Content,
    int Mode,
    string Owner = "root",
    string Group = "wheel"
);
