using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources.Archives.Xz;

/// <summary>
/// Unpacks an .xz file into another file. Its blocks are decoded in parallel, each straight to its own place, so the
/// memory it takes is that of the dictionaries and does not grow with the file.
/// </summary>
internal static class XzUnpacker
{
    /// <param name="input">The .xz file.</param>
    /// <param name="layout">Its blocks.</param>
    /// <param name="output">The unpacked file.</param>
    /// <param name="parallel">The most threads to use.</param>
    /// <param name="dictionaryMemory">The most bytes that all dictionaries together may take; one thread always runs.</param>
    /// <param name="progress">Told the bytes done so far; never by two threads at once.</param>
    /// <param name="token">Stops the work.</param>
    /// <exception cref="ArchiveException">The file is damaged.</exception>
    public static void Unpack(
        SafeFileHandle input,
        XzLayout layout,
        SafeFileHandle output,
        int parallel,
        long dictionaryMemory,
        Action<long> progress,
        CancellationToken token
    )
    {
        var gate = new Lock();
        long done = 0;
        void Written(int bytes)
        {
            lock (gate)
            {
                done += bytes;
                progress(done);
            }
        }

        var options = new ParallelOptions
        {
            CancellationToken = token,
            MaxDegreeOfParallelism = Threads(input, layout, parallel, dictionaryMemory),
        };
        try
        {
            Parallel.ForEach(
                Partitioner.Create(layout.Blocks, EnumerablePartitionerOptions.NoBuffering),
                options,
                block => XzBlockDecoder.Decode(input, block, output, Written, token)
            );
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(FirstReason(exception));
        }
    }

    private static int Threads(
        SafeFileHandle input,
        XzLayout layout,
        int parallel,
        long dictionaryMemory
    )
    {
        if (layout.Blocks.Count == 0)
        {
            return 1;
        }

        var first = layout.Blocks[0];
        var header = XzBlockHeader.Read(input, first);
        var dictionary = XzBlockHeader.DictionarySize(
            header.SufficientDictionaryBits(first.UncompressedSize)
        );
        // The decoder takes its window from a pool that rounds the size up to the next power of two.
        var window = dictionary * 2;
        return (int)Math.Clamp(dictionaryMemory / window, 1, Math.Max(1, parallel));
    }

    private static Exception FirstReason(AggregateException exception)
    {
        var reasons = exception.Flatten().InnerExceptions;
        return reasons.FirstOrDefault(reason => reason is not OperationCanceledException)
            ?? reasons[0];
    }
}
