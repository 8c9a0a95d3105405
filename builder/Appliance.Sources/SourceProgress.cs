namespace Appliance.Sources;

/// <summary>What is being done with a source at the moment.</summary>
public enum SourceStage
{
    /// <summary>Bytes arrive from the mirror.</summary>
    Download,

    /// <summary>A file on this machine is compared with its digest.</summary>
    Verify,

    /// <summary>A set is decoded into the content store.</summary>
    Decode,
}

/// <summary>One step of long work on a source.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="What">The file, e.g. <c>base.txz</c>.</param>
/// <param name="Bytes">Bytes done so far.</param>
/// <param name="Total">Bytes in all, where known.</param>
public readonly record struct SourceProgress(
    SourceStage Stage,
    string What,
    long Bytes,
    long? Total
);
