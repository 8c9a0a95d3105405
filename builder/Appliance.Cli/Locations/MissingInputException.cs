namespace Appliance.Cli.Locations;

/// <summary>A file that the command line names cannot be read.</summary>
public sealed class MissingInputException(string message, Exception? innerException = null)
    : Exception(message, innerException);
