namespace Appliance.Sources.Store;

/// <summary>Limits of the content store. They stop an archive that was made to fill the disk.</summary>
public sealed record LayerStoreOptions
{
    /// <summary>How many threads decode at once; fewer where the dictionaries of the set would not fit the memory.</summary>
    public int Parallel { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Memory that the dictionaries of all decoding threads may take together, in bytes. The usual dictionary of 8 MiB
    /// needs 16 MiB per thread, so the default lets four threads decode.
    /// </summary>
    public long DictionaryMemory { get; init; } = 64L << 20;

    /// <summary>The most bytes that one set may unpack to.</summary>
    public long MaximumUnpackedBytes { get; init; } = 32L << 30;

    /// <summary>The most bytes that one package may unpack to.</summary>
    public long MaximumPackageBytes { get; init; } = 8L << 30;

    /// <summary>The most entries that one set or package may have.</summary>
    public int MaximumEntries { get; init; } = 4_000_000;

    /// <summary>
    /// Compare the digest of every file in the store on every use, not only where the payload seems to have been touched.
    /// </summary>
    public bool AlwaysVerifyPayload { get; init; }
}
