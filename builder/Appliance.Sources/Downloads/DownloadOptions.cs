namespace Appliance.Sources.Downloads;

/// <summary>Patience and limits of downloads.</summary>
public sealed record DownloadOptions
{
    /// <summary>How often a file is tried before the mirror counts as unavailable.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>The wait before the second attempt; it doubles with each further one.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait between two attempts, also where the mirror asks for a longer one.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection may take to be made, with the host's own way to the network.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a mirror may send nothing before the attempt counts as failed.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many files are downloaded at once.</summary>
    public int Parallel { get; init; } = 4;

    /// <summary>The largest set that is accepted where the lock does not say the size, in bytes.</summary>
    public long MaximumBytes { get; init; } = 4L << 30;
}
