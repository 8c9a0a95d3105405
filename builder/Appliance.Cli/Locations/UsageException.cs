namespace Appliance.Cli.Locations;

/// <summary>Options that are well-formed and make no sense together, or with the files they name.</summary>
public sealed class UsageException(string message) : Exception(message);
