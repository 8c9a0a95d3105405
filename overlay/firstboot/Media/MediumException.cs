namespace Appliance.FirstBoot.Media;

/// <summary>A file system is damaged. The message says what is, in one sentence.</summary>
internal sealed class MediumException : Exception
{
    public MediumException() { }

    public MediumException(string message)
        : base(message) { }

    public MediumException(string message, Exception innerException)
        : base(message, innerException) { }
}
