namespace Appliance.Model.Validation;

/// <summary>The base system that a profile's lock pins.</summary>
/// <param name="IsSets">Whether it is made of release sets.</param>
/// <param name="PatchLevel">Its patch level; null where not known.</param>
public sealed record PinnedBase(bool IsSets, int? PatchLevel);
