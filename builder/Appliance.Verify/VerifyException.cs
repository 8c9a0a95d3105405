namespace Appliance.Verify;

/// <summary>Why nothing could be verified. A guest that fails its test is a result, not an exception.</summary>
public enum VerifyFault
{
    /// <summary>A program is not on PATH.</summary>
    MissingTool,

    /// <summary>No UEFI firmware for QEMU was found.</summary>
    MissingFirmware,

    /// <summary>The image does not exist or cannot be opened.</summary>
    ImageNotFound,

    /// <summary>The image is not of the format that its name says, or is damaged.</summary>
    BadImage,

    /// <summary>The accelerator that was asked for cannot run guests here.</summary>
    Accelerator,

    /// <summary>The request contradicts itself.</summary>
    BadRequest,

    /// <summary>A child process ended with an error, or could not be started.</summary>
    ProcessFailed,

    /// <summary>A guest did not follow the conversation that it was to have with us.</summary>
    Guest,

    /// <summary>A child process, or a conversation with it, took too long.</summary>
    TimeLimit,
}

/// <summary>Verification could not be carried out: the message says what, where and what to do.</summary>
public class VerifyException : Exception
{
    public VerifyException(VerifyFault fault, string message, Exception? inner = null)
        : base(message, inner)
    {
        Fault = fault;
    }

    /// <summary>The kind, for the exit code.</summary>
    public VerifyFault Fault { get; }
}
