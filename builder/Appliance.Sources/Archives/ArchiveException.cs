namespace Appliance.Sources.Archives;

/// <summary>
/// An archive breaks the rules of its format or of this project. Its message is the reason alone; whoever knows the name
/// of the archive puts it in front and throws a <see cref="SourceException"/>.
/// </summary>
internal sealed class ArchiveException : Exception
{
    public ArchiveException(string message, Exception? innerException = null)
        : base(message, innerException) { }
}
