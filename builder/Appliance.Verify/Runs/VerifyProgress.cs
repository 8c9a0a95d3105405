namespace Appliance.Verify.Runs;

/// <summary>Something that a watcher may want to see.</summary>
/// <param name="Run">"bios-i440fx"; empty before the first run.</param>
/// <param name="Boot">Counted from 1; 0 outside of boots.</param>
/// <param name="Message">"kernel", "power-off", "KVM is there but cannot run guests …".</param>
/// <param name="Elapsed">Since this boot was switched on, or zero.</param>
public sealed record VerifyProgress(string Run, int Boot, string Message, TimeSpan Elapsed);
