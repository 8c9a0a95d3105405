using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Appliance.Files;
using Appliance.Lab.Linux;
using Appliance.Lab.Topology;

namespace Appliance.Lab.Running;

/// <summary>
/// The right to a lab's name on this machine: an flock(2) on a file that names its holder. The kernel releases it when the
/// holder dies, however it dies.
/// </summary>
internal sealed class LabLock : IDisposable
{
    /// <summary>EWOULDBLOCK of Linux.</summary>
    private const int WouldBlock = 11;

    /// <summary>A process number and a random word.</summary>
    private const int LongestLine = 64;

    private readonly string path;
    private readonly FileStream file;

    private LabLock(string path, FileStream file)
    {
        this.path = path;
        this.file = file;
    }

    /// <summary>Takes a name, or returns null while another holds it.</summary>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public static LabLock? TryTake(string lab)
    {
        var path = PathOf(lab);
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessId} {RandomNumberGenerator.GetHexString(8)}\n"
        );
        while (true)
        {
            try
            {
                OutputFolder.Create(LabNames.RunFolder);
                var file = OutputFile.OpenInPlace(path);
                file.SetLength(0);
                file.Write(Encoding.ASCII.GetBytes(line));
                // The one before may have removed the file between our opening and our locking.
                if (Read(path) == line)
                {
                    return new(path, file);
                }

                file.Dispose();
            }
            catch (IOException exception) when (exception.HResult == WouldBlock)
            {
                return null;
            }
            catch (Exception exception)
                when (exception is DirectoryNotFoundException or FileNotFoundException)
            {
                // The end of another lab has removed the folder just now.
            }
        }
    }

    /// <summary>The process that holds a name or was the last to; null when there is none.</summary>
    public static int? Holder(string lab) =>
        int.TryParse(
            Read(PathOf(lab))?.Split(' ')[0],
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var process
        )
            ? process
            : null;

    public void Dispose()
    {
        // While it is held: whoever has opened it meanwhile notices that it is not there any more.
        File.Delete(path);
        file.Dispose();
        LabNames.DeleteEmpty(LabNames.RunFolder);
    }

    private static string PathOf(string lab) => LabNames.Folder(lab) + ".lock";

    /// <summary>Not with .NET's own file API, which respects the lock.</summary>
    private static string? Read(string path)
    {
        using var handle = LibC.Open(path, LibC.ReadOnlyCloseOnExec);
        if (handle.IsInvalid)
        {
            return null;
        }

        Span<byte> buffer = stackalloc byte[LongestLine];
        var count = LibC.Read(handle, buffer, LongestLine);
        return count > 0 ? Encoding.ASCII.GetString(buffer[..(int)count]) : null;
    }
}
