using System.Runtime.ExceptionServices;

namespace Appliance.Sources.Store;

/// <summary>The digests of all files of a layer, computed or compared on all cores.</summary>
internal static class PayloadDigests
{
    private const int BufferSize = 256 * 1024;

    /// <summary>The same entries, every file with its digest.</summary>
    public static LayerEntry[] Compute(
        LayerPayload payload,
        IReadOnlyList<LayerEntry> entries,
        int parallel,
        CancellationToken token
    )
    {
        var complete = entries.ToArray();
        ForEachFile(
            complete,
            (index, buffer) =>
            {
                var digest = payload.DigestOf(complete[index], buffer);
                complete[index] = complete[index] with { Sha256 = digest };
                return true;
            },
            parallel,
            token
        );
        return complete;
    }

    /// <summary>Whether every file has the content that its digest promises.</summary>
    public static bool AllMatch(Layer layer, int parallel, CancellationToken token)
    {
        using var payload = layer.Open();
        return ForEachFile(
            layer.Entries,
            (index, buffer) => payload.Matches(layer.Entries[index], buffer),
            parallel,
            token
        );
    }

    private static bool ForEachFile(
        IReadOnlyList<LayerEntry> entries,
        Func<int, byte[], bool> work,
        int parallel,
        CancellationToken token
    )
    {
        var allGood = true;
        var options = new ParallelOptions
        {
            CancellationToken = token,
            MaxDegreeOfParallelism = Math.Max(1, parallel),
        };
        try
        {
            Parallel.For(
                0,
                entries.Count,
                options,
                () => new byte[BufferSize],
                (index, loop, buffer) =>
                {
                    if (entries[index].Kind == LayerEntryKind.File && !work(index, buffer))
                    {
                        Volatile.Write(ref allGood, false);
                        loop.Stop();
                    }

                    return buffer;
                },
                _ => { }
            );
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.Flatten().InnerExceptions[0]);
        }

        return allGood;
    }
}
