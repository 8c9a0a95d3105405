using Appliance.FirstBoot.Media;

namespace Appliance.FirstBoot.Machine;

/// <summary>
/// Every contact with the operating system. Paths are absolute target paths; a root prefix, where there is
/// one, is the implementation's affair. Failures of files are <see cref="IOException"/> or
/// <see cref="UnauthorizedAccessException"/>.
/// </summary>
internal interface IMachine
{
    /// <summary>Wall clock in UTC, for records only; it may be wrong before time is synchronised.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>Time since the service started, from a clock that never jumps.</summary>
    TimeSpan Elapsed { get; }

    /// <summary>How much of <see cref="Elapsed"/> was spent waiting for the programs of <see cref="Run"/>.</summary>
    TimeSpan InPrograms { get; }

    /// <summary>Most memory that the service had resident so far, KiB.</summary>
    long PeakKibibytes { get; }

    void Pause(TimeSpan duration);

    /// <summary>
    /// Runs a program to its end with empty standard input and a clean environment. Never throws for
    /// what the program does: see <see cref="ProgramResult.ExitCode"/>.
    /// </summary>
    /// <param name="program">Absolute target path.</param>
    /// <param name="arguments">Without the program itself.</param>
    /// <param name="limit">When it is ended.</param>
    /// <param name="input">A file that becomes its standard input instead.</param>
    ProgramResult Run(
        string program,
        IReadOnlyList<string> arguments,
        TimeSpan limit,
        string? input = null
    );

    /// <summary>Names of what is in a folder, in order; none when there is no such folder.</summary>
    IReadOnlyList<string> Names(string folder);

    /// <summary>A disk to read from, or null when there is none or it cannot be opened.</summary>
    IBlockSource? OpenDisk(string path);

    /// <summary>The content, or null when there is no such file.</summary>
    byte[]? Read(string path);

    /// <summary>Permission bits of a file or folder, or null when there is none.</summary>
    int? Mode(string path);

    /// <summary>Makes a folder and those above it with mode 0755, on the disk; a given mode is set in any case.</summary>
    void CreateFolder(string path, int? mode = null);

    /// <summary>Creates or truncates a file and brings it to the disk before it returns.</summary>
    void Write(string path, ReadOnlySpan<byte> content, FileOwner owner, int mode);

    /// <summary>A second name (hard link) for a file; the second name must not exist.</summary>
    void Link(string path, string secondPath);

    /// <summary>Replaces the target in one step and brings the change to the disk.</summary>
    void Rename(string path, string newPath);

    /// <summary>
    /// Removes a file; one that is not there is no error. A power failure may bring it back, empty, until its folder is
    /// flushed.
    /// </summary>
    void Delete(string path);

    /// <summary>
    /// Brings a file with its name to the disk, or all that was done to the names in a folder. What is not there needs none.
    /// </summary>
    void Flush(string path);
}

/// <summary>Numeric owner and group of a file.</summary>
internal readonly record struct FileOwner(int User, int Group)
{
    /// <summary>root:wheel.</summary>
    public static FileOwner Root => default;
}
