using Microsoft.Win32.SafeHandles;

namespace Appliance.Files;

/// <summary>
/// An output file while it is written: beside its place, under a random name that nobody could have put a link at. It takes
/// its place when it is published; disposed before, it leaves nothing.
/// </summary>
public sealed class PendingOutput : IDisposable
{
    /// <summary>What the name of a file that is being written ends in.</summary>
    public const string Suffix = ".part";

    private readonly string target;
    private readonly string aside;
    private readonly FileStream file;
    private bool published;

    private PendingOutput(string target, string aside, FileStream file)
    {
        this.target = target;
        this.aside = aside;
        this.file = file;
    }

    /// <summary>Open for reading and writing; no other process opens it meanwhile.</summary>
    public SafeFileHandle Handle => file.SafeFileHandle;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Replaced when the file is published. Its folder must exist.</param>
    /// <exception cref="OutputException">Something that is no file is there.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static PendingOutput Create(string path, OutputMode mode = OutputMode.Public)
    {
        var target = Path.GetFullPath(path);
        OutputTarget.Check(target);
        AbandonedOutputs.Sweep(target);
        var aside = $"{target}.{OutputFolder.RandomName()}{Suffix}";
        return new(target, aside, new FileStream(aside, Options(mode)));
    }

    /// <summary>Brings the content to disk and gives the file its name.</summary>
    /// <exception cref="IOException">The disk is full, or the name cannot be taken.</exception>
    public void Publish()
    {
        file.Flush(flushToDisk: true);
        file.Dispose();
        OutputFile.Publish(aside, target);
        published = true;
    }

    public void Dispose()
    {
        file.Dispose();
        if (!published)
        {
            File.Delete(aside);
        }
    }

    /// <summary>FileMode.CreateNew is O_CREAT | O_EXCL, which follows no symbolic link, on Windows CREATE_NEW.</summary>
    private static FileStreamOptions Options(OutputMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows() && mode != OutputMode.Public)
        {
            const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            options.UnixCreateMode =
                mode == OutputMode.Script ? Own | UnixFileMode.UserExecute : Own;
        }

        return options;
    }
}
