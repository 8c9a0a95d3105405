namespace Appliance.FirstBoot.Tests.Fakes;

/// <summary>The machine is off: nothing after this operation happens.</summary>
internal sealed class PowerLossException : Exception
{
    public PowerLossException()
        : base("power loss") { }

    public PowerLossException(string message)
        : base(message) { }

    public PowerLossException(string message, Exception innerException)
        : base(message, innerException) { }
}
