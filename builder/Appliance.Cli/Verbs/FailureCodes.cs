using Appliance.Build;
using Appliance.Cli.Locations;
using Appliance.Cli.Terminal;
using Appliance.Files;
using Appliance.Imaging;
using Appliance.Lab;
using Appliance.Rendering;
using Appliance.Sources;
using Appliance.Verify;

namespace Appliance.Cli.Verbs;

/// <summary>Which exit code an expected failure has; any other exception is a defect of this program.</summary>
internal static class FailureCodes
{
    /// <summary>The exit code, or null for an exception that no user should see without its stack trace.</summary>
    public static int? Of(Exception exception) =>
        exception switch
        {
            FindingsException or RenderingException => ExitCodes.DataError,
            MissingInputException => ExitCodes.NoInput,
            UsageException => ExitCodes.Usage,
            SourceException source => Of(source.Failure),
            BuildException build => Of(build.Failure),
            ImagingException => ExitCodes.DataError,
            VerifyException verify => Of(verify.Fault),
            LabException lab => Of(lab.Fault),
            OutputException => ExitCodes.CannotCreate,
            IOException or UnauthorizedAccessException => ExitCodes.InputOutput,
            _ => null,
        };

    private static int Of(SourceFailure failure) =>
        failure switch
        {
            SourceFailure.BadRequest => ExitCodes.Usage,
            SourceFailure.Missing => ExitCodes.NoInput,
            SourceFailure.Unavailable => ExitCodes.Unavailable,
            SourceFailure.Mismatch
            or SourceFailure.Malformed
            or SourceFailure.Untrusted
            or SourceFailure.Unresolvable => ExitCodes.DataError,
            _ => ExitCodes.InputOutput,
        };

    private static int Of(LabFault fault) =>
        fault switch
        {
            LabFault.NeedsRoot => ExitCodes.NoPermission,
            LabFault.BadRequest => ExitCodes.DataError,
            LabFault.Unsupported or LabFault.WrongState => ExitCodes.Unavailable,
            _ => ExitCodes.InputOutput,
        };

    private static int Of(VerifyFault fault) =>
        fault switch
        {
            VerifyFault.BadRequest => ExitCodes.Usage,
            VerifyFault.ImageNotFound => ExitCodes.NoInput,
            VerifyFault.BadImage => ExitCodes.DataError,
            VerifyFault.MissingTool or VerifyFault.MissingFirmware or VerifyFault.Accelerator =>
                ExitCodes.Unavailable,
            _ => ExitCodes.InputOutput,
        };

    private static int Of(BuildFailure failure) =>
        failure switch
        {
            BuildFailure.BadInput => ExitCodes.DataError,
            BuildFailure.Missing => ExitCodes.NoInput,
            _ => ExitCodes.CannotCreate,
        };
}
