namespace Appliance.Lab.Daemons;

/// <summary>Segments that a kernel has dropped for their TCP-MD5 signature (RFC 2385).</summary>
/// <param name="Missing">One was expected and none was there.</param>
/// <param name="Wrong">It did not fit the key.</param>
public sealed record TcpSignatures(long Missing, long Wrong);
