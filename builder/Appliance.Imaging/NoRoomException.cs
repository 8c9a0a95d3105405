namespace Appliance.Imaging;

/// <summary>Something does not fit into the size that was given for it.</summary>
public sealed class NoRoomException : ImagingException
{
    public NoRoomException() { }

    public NoRoomException(string message)
        : base(message) { }

    public NoRoomException(string message, Exception innerException)
        : base(message, innerException) { }

    public NoRoomException(string what, long given, long needed)
        : base(
            $"{what} does not fit: it needs {needed} bytes and has {given}; {needed - given} bytes are missing. "
                + "Give it a larger size, or leave more files out."
        )
    {
        MissingBytes = needed - given;
    }

    /// <summary>By how many bytes the given size is too small; 0 when that is not known.</summary>
    public long MissingBytes { get; }
}
