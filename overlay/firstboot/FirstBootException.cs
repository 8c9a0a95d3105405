namespace Appliance.FirstBoot;

/// <summary>
/// The machine cannot be made, or read, as the site document demands. The message is one sentence without
/// secrets: it goes to the console and into the verdict.
/// </summary>
internal sealed class FirstBootException : Exception
{
    public FirstBootException() { }

    public FirstBootException(string message)
        : base(message) { }

    public FirstBootException(string message, Exception innerException)
        : base(message, innerException) { }
}
