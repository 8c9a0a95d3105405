using Appliance.Files;

namespace Appliance.Sources.Files;

/// <summary>
/// A lock between processes, and between the threads of one: a file that is held open exclusively. The host releases it
/// when its holder dies, so it never has to be removed by hand. The file itself stays: removing it would let two hold
/// "the same" lock.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly FileStream file;

    private FileLock(FileStream file)
    {
        this.file = file;
    }

    /// <summary>Waits until the lock is free and takes it.</summary>
    /// <exception cref="SourceException">The file cannot be created.</exception>
    public static FileLock Acquire(string path, CancellationToken token)
    {
        while (true)
        {
            token.ThrowIfCancellationRequested();
            if (TryAcquire(path) is { } taken)
            {
                return taken;
            }

            token.WaitHandle.WaitOne(Pause);
        }
    }

    /// <inheritdoc cref="Acquire"/>
    public static async Task<FileLock> AcquireAsync(string path, CancellationToken token)
    {
        while (true)
        {
            token.ThrowIfCancellationRequested();
            if (TryAcquire(path) is { } taken)
            {
                return taken;
            }

            await Task.Delay(Pause, token).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the lock if it is free; null otherwise.</summary>
    public static FileLock? TryAcquire(string path)
    {
        try
        {
            OutputFolder.Create(Path.GetDirectoryName(path)!);
            return new FileLock(OutputFile.OpenInPlace(path));
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            return null;
        }
        catch (Exception exception) when (StorageErrors.IsStorage(exception))
        {
            throw StorageErrors.Explain(path, exception);
        }
    }

    public void Dispose() => file.Dispose();

    /// <summary>EWOULDBLOCK of Linux and of the BSDs and macOS, ERROR_SHARING_VIOLATION of Windows.</summary>
    private static bool IsHeld(IOException exception) =>
        exception.HResult is 11 or 35 or unchecked((int)0x80070020);
}
