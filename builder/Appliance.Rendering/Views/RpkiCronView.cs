namespace Appliance.Rendering.Views;

/// <summary>What stands in the crontab of RPKI.</summary>
/// <param name="Site">Key of the site.</param>
/// <param name="Schedule">The five time fields of crontab(5).</param>
/// <param name="Command">A command line for sh(1).</param>
internal sealed record RpkiCronView(string Site, string Schedule, string Command);
