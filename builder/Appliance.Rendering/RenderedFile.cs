namespace Appliance.Rendering;

/// <summary>A configuration file as it will lie on the target.</summary>
/// <param name="Path">Absolute target path.</param>
/// <param name="Content">Text with LF line ends and a final newline.</param>
/// <param name="Mode">Permission bits, such as 0640 (octal).</param>
/// <param name="Owner">
/// User name on the target. Where the user does not exist (FRR's before its package is there), the
/// writer falls back to root and keeps the mode, so that the file is never readable by more people.
/// </param>
/// <param name="Group">Group name on the target; falls back to wheel in the same way.</param>
/// <param name="InImage">
/// The builder lays the file into the image too, because the boot loader or the kernel reads it before first boot runs.
/// </param>
/// <param name="FolderMode">
/// Permission bits that the folder of the file must have, such as 0700 for /root/.ssh; when null a
/// folder that has to be made gets 0755 and one that exists is left alone.
/// </param>
public sealed record RenderedFile(
    string Path,
    string Content,
    int Mode = 0b110_100_100,
    string Owner = "root",
    string Group = "wheel",
    bool InImage = false,
    int? FolderMode = null
);
