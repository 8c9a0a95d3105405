namespace Appliance.Files;

/// <summary>An output cannot be written where it was asked for; the message says what is there and what to do.</summary>
public sealed class OutputException(string message, Exception? inner = null)
    : IOException(message, inner);
