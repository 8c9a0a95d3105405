namespace Appliance.Files;

/// <summary>Who may use an output file.</summary>
public enum OutputMode
{
    /// <summary>Mode 0666 less the umask.</summary>
    Public,

    /// <summary>Mode 0600, whatever the umask: it may hold a secret.</summary>
    Secret,

    /// <summary>Mode 0700: a script that a child process runs.</summary>
    Script,
}
