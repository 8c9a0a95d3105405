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
    /// <param name="command">The command.</param>
    /// <param name="run">What it does.</param>
    /// <param name="example">Whether the example of a checkout may stand in for a network that is not named.</param>
    public void SetAction(
        Command command,
        Func<VerbContext, CancellationToken, Task<int>> run,
        ExampleUse example = ExampleUse.Refused
    ) => command.SetAction((parsed, token) => RunAsync(parsed, run, example, token));

    private async Task<int> RunAsync(
        ParseResult parsed,
        Func<VerbContext, CancellationToken, Task<int>> run,
        ExampleUse example,
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
            return await run(new VerbContext(parsed, options, output, example), token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            output.Failure("interrupted; nothing was left half-written", ExitCodes.Interrupted);
            return ExitCodes.Interrupted;
        }
        catch (FindingsException exception)
        {
            output.Failure(exception.Message, ExitCodes.DataError, exception.Report);
            return ExitCodes.DataError;
        }
        catch (Exception exception) when (FailureCodes.Of(exception) is { } code)
        {
            output.Failure(exception.Message, code);
            return code;
        }
    }
}
