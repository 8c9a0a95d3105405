using Microsoft.Win32.SafeHandles;

namespace Appliance.Imaging.Disk;

/// <summary>
/// Brings a file to disk while it is still being written. One flush at the end would leave the disk idle until
/// then and the program idle after it.
/// </summary>
/// <param name="handle">The file that is written.</param>
/// <param name="progress">Who else wants to know, or null.</param>
internal sealed class EarlyFlush(SafeFileHandle handle, IProgress<long>? progress) : IProgress<long>
{
    /// <summary>Bytes between two flushes: each ends with a barrier for the disk, so not too few.</summary>
    private const long Step = 32L << 20;

    private readonly Lock _gate = new();
    private long _unflushed;
    private Task _running = Task.CompletedTask;

    /// <param name="value">Bytes of content written since the last report; from any thread.</param>
    public void Report(long value)
    {
        progress?.Report(value);
        lock (_gate)
        {
            _unflushed += value;
            if (_unflushed >= Step && _running.IsCompletedSuccessfully)
            {
                _unflushed = 0;
                _running = Task.Run(() => RandomAccess.FlushToDisk(handle));
            }
        }
    }

    /// <summary>Waits until everything written is on the disk.</summary>
    /// <exception cref="IOException">
    /// The disk refused, now or earlier: an error of fsync(2) is told once, to whoever flushes next, so an early
    /// one must not be lost.
    /// </exception>
    public void Finish()
    {
        _running.GetAwaiter().GetResult();
        RandomAccess.FlushToDisk(handle);
    }
}
