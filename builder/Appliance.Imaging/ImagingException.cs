namespace Appliance.Imaging;

/// <summary>
/// A tree, file system, table or image that cannot be made as asked. The message says what, where and what to do.
/// </summary>
public class ImagingException : Exception
{
    public ImagingException() { }

    public ImagingException(string message)
        : base(message) { }

    public ImagingException(string message, Exception innerException)
        : base(message, innerException) { }
}
