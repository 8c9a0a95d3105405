namespace Appliance.Model.Validation;

/// <summary>What is known of the Internet as a whole, as far as networks are checked against it.</summary>
/// <param name="Date">The day on which it was read.</param>
/// <param name="Ipv4Routes">Routes in a full table.</param>
/// <param name="Ipv6Routes">Routes in a full table.</param>
public sealed record InternetFacts(DateOnly Date, int Ipv4Routes, int Ipv6Routes);
