namespace Appliance.Rendering;

/// <summary>A configuration file as it will lie on the target.</summary>
/// <param name="Path">Absolute target path.</param>
/// <param name="Content">Text with LF line ends and a final newline.</param>
/// <param name="Mode">Permission bits, such as 0640 (octal).</param>
/// <param name="Owner">User name on the target.</param>
/// <param name="Group">Group name on the target.</param>
/// <param name="InImage">
/// The builder lays the file into the image too, because the boot loader or the kernel reads it before first boot runs.
/// </param>
public sealed record RenderedFile(
    string Path,
    string Content,
    int Mode = 0b110_100_100,
    string Owner = "root",
    string Group = "wheel",
    bool InImage = false
);
