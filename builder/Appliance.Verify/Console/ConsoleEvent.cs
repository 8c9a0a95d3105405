namespace Appliance.Verify.Console;

/// <summary>Something that appeared on a serial console.</summary>
/// <param name="At">Since the machine was switched on.</param>
/// <param name="Text">Without control characters.</param>
/// <param name="IsPrompt">
/// False: a whole line. True: text that stands at the end without a line feed while the guest is silent, such as "login: ";
/// it comes again as part of a line once the line ends.
/// </param>
public sealed record ConsoleEvent(TimeSpan At, string Text, bool IsPrompt = false);
