namespace Appliance.Sources;

/// <summary>What kind of trouble a source had; a command line maps it to its exit code.</summary>
public enum SourceFailure
{
    /// <summary>The request itself makes no sense: a release name with a slash, an unknown architecture.</summary>
    BadRequest,

    /// <summary>A file that was promised to be on this machine is not there.</summary>
    Missing,

    /// <summary>The mirror cannot be reached, stalls, or does not have the file.</summary>
    Unavailable,

    /// <summary>A file is not what the lock or the MANIFEST says: another size or digest.</summary>
    Mismatch,

    /// <summary>A file breaks the rules of its own format.</summary>
    Malformed,

    /// <summary>A repository is not signed by a key that is trusted, or its signature is wrong.</summary>
    Untrusted,

    /// <summary>Packages that were asked for cannot be installed: nothing provides one, or two are in conflict.</summary>
    Unresolvable,

    /// <summary>The cache cannot be written or read: disk full, permissions.</summary>
    Storage,
}

/// <summary>
/// The one exception of this project. Its message says what happened, to which file or URL, and what to do about it.
/// </summary>
public sealed class SourceException : Exception
{
    /// <summary>Creates the exception; <paramref name="message"/> is shown to the user as it is.</summary>
    public SourceException(SourceFailure failure, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Failure = failure;
    }

    /// <summary>The kind of trouble.</summary>
    public SourceFailure Failure { get; }
}
