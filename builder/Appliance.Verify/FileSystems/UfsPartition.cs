namespace Appliance.Verify.FileSystems;

/// <summary>A partition of type freebsd-ufs.</summary>
/// <param name="Label">Its GPT label; its number if it has none.</param>
/// <param name="Offset">Bytes from the start of the disk.</param>
public sealed record UfsPartition(string Label, long Offset);
