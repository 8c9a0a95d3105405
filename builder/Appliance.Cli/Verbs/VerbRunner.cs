using System.CommandLine;
using Appliance.Cli.Locations;
using Appliance.Cli.Terminal;

namespace Appliance.Cli.Verbs;

/// <summary>
/// Runs a verb: gives it its output and its options, and turns the exceptions it may throw into a message and an
/// exit code.
/// </summary>
public sealed class VerbRunner(CommonOptions options, CliEnvironment environment)
{
    /// <summary>Makes <paramref name="run"/> the action of a command.</summary>
    public void SetAction(Command command, Func<VerbContext, CancellationToken, Task<int>> run) =>
        command.SetAction((parsed, token) => RunAsync(parsed, run, token));

    private async Task<int> RunAsync(
        ParseResult parsed,
        Func<VerbContext, CancellationToken, Task<int>> run,
        CancellationToken token
    )
    {
        var output = new Output(
            environment,
            parsed.GetValue(options.Json),
            parsed.GetValue(options.Quiet)
        );
        try
        {
            return await run(new VerbContext(parsed, options, output), token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            output.Failure("interrupted; nothing was left half-written", ExitCodes.Interrupted);
            return ExitCodes.Interrupted;
        }
        catch (FindingsException exception)
        {
            output.Findings(exception.Report);
            output.Failure(exception.Message, ExitCodes.DataError);
            return ExitCodes.DataError;
        }
        catch (Exception exception) when (FailureCodes.Of(exception) is { } code)
        {
            output.Failure(exception.Message, code);
            return code;
        }
    }
}
