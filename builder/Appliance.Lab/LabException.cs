namespace Appliance.Lab;

/// <summary>Why a lab could not be brought up or looked at. A router that fails a case is a result, not an exception.</summary>
public enum LabFault
{
    /// <summary>Namespaces, devices and raw sockets are root's.</summary>
    NeedsRoot,

    /// <summary>This system or its kernel lacks something that the lab cannot do without.</summary>
    Unsupported,

    /// <summary>The network cannot be laid out in a lab, or the request contradicts itself.</summary>
    BadRequest,

    /// <summary>A lab of this name is there already, or is not there.</summary>
    WrongState,

    /// <summary>A part of the lab did not do what it was told.</summary>
    Failed,
}

/// <summary>The lab cannot go on: the message says what, where and what to do.</summary>
public sealed class LabException(LabFault fault, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The kind, for the exit code.</summary>
    public LabFault Fault { get; } = fault;
}
