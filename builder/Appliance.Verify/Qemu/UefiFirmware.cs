namespace Appliance.Verify.Qemu;

/// <summary>The two flash images of OVMF.</summary>
/// <param name="CodePath">Read-only code.</param>
/// <param name="VariablesPath">The variable store: a private copy, or a template when <paramref name="Snapshot"/>.</param>
/// <param name="Snapshot">Changes of variables are forgotten.</param>
public sealed record UefiFirmware(string CodePath, string VariablesPath, bool Snapshot = false);
