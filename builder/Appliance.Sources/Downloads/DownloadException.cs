namespace Appliance.Sources.Downloads;

/// <summary>
/// A download did not succeed. Its message names the URL and what happened; whoever asked for the file adds what the user
/// can do about it.
/// </summary>
internal sealed class DownloadException : Exception
{
    public DownloadException(
        SourceFailure failure,
        string message,
        bool mayPass = false,
        TimeSpan? askedToWait = null,
        Exception? innerException = null
    )
        : base(message, innerException)
    {
        Failure = failure;
        MayPass = mayPass;
        AskedToWait = askedToWait;
    }

    public SourceFailure Failure { get; }

    /// <summary>Whether another attempt makes sense.</summary>
    public bool MayPass { get; }

    /// <summary>Whether the mirror answered that it does not have the file.</summary>
    public bool IsAbsent { get; init; }

    /// <summary>How long the mirror asked to be left alone.</summary>
    public TimeSpan? AskedToWait { get; }
}
