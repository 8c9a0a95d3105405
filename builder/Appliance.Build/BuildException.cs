namespace Appliance.Build;

/// <summary>What kind of trouble a build had; a command line maps it to its exit code.</summary>
public enum BuildFailure
{
    /// <summary>Profile, site and sets do not fit together.</summary>
    BadInput,

    /// <summary>A file that belongs to the program or the profile is missing.</summary>
    Missing,

    /// <summary>An output cannot be created.</summary>
    Output,
}

/// <summary>A build that cannot go on. The message says what, where and what to do.</summary>
public sealed class BuildException(
    BuildFailure failure,
    string message,
    Exception? innerException = null
) : Exception(message, innerException)
{
    public BuildFailure Failure { get; } = failure;
}
