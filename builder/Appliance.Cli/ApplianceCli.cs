using System.CommandLine;
using Appliance.Cli.Terminal;
using Appliance.Cli.Verbs;

namespace Appliance.Cli;

/// <summary>The command line as a function: tests and other programs call it in-process.</summary>
public static class ApplianceCli
{
    /// <summary>Runs one command and returns its exit code (see <see cref="ExitCodes"/>).</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments,
        CliEnvironment environment,
        CancellationToken token = default
    )
    {
        var options = new CommonOptions();
        var root = CreateRoot(options, environment);
        var parsed = root.Parse([.. arguments]);
        if (parsed.Errors.Count > 0)
        {
            ReportUsage(parsed, arguments, environment);
            return ExitCodes.Usage;
        }

        var invocation = new InvocationConfiguration
        {
            Output = environment.Out,
            Error = environment.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
        };
        return await parsed.InvokeAsync(invocation, token);
    }

    private static RootCommand CreateRoot(CommonOptions options, CliEnvironment environment)
    {
        var root = new RootCommand(
            "appliance: one file that describes an AS in, proven FreeBSD router images out"
        );
        foreach (var option in options.All)
        {
            root.Options.Add(option);
        }

        var runner = new VerbRunner(options, environment);
        root.Subcommands.Add(DoctorVerb.Create(runner));
        root.Subcommands.Add(CheckVerb.Create(runner));
        root.Subcommands.Add(RenderVerb.Create(runner));
        root.Subcommands.Add(DiffVerb.Create(runner));
        root.Subcommands.Add(ObjectsVerb.Create(runner));
        root.Subcommands.Add(PlanVerb.Create(runner));
        root.Subcommands.Add(DocumentVerb.Create(runner));
        root.Subcommands.Add(SeedVerb.Create(runner));
        root.Subcommands.Add(BuildVerb.Create(runner));
        root.Subcommands.Add(VerifyVerb.Create(runner));
        root.Subcommands.Add(SetsVerb.Create(runner));
        root.Subcommands.Add(LockVerb.Create(runner));
        root.Subcommands.Add(ManifestVerb.Create(runner));
        root.Subcommands.Add(SbomVerb.Create(runner));
        root.Subcommands.Add(AuditVerb.Create(runner));
        root.Subcommands.Add(LabVerb.Create(runner));
        VerbHelp.Install(root);
        return root;
    }

    /// <summary>With <c>--json</c> a usage error is an object, as any other failure.</summary>
    private static void ReportUsage(
        ParseResult parsed,
        IReadOnlyList<string> arguments,
        CliEnvironment environment
    )
    {
        var messages = UsageErrors.Of(parsed);
        var help = $"Try '{UsageErrors.HelpCommand(parsed)}' for the options and examples.";
        if (arguments.Contains("--json"))
        {
            new Output(environment, json: true, quiet: false).Failure(
                $"{string.Join("; ", messages)}. {help}",
                ExitCodes.Usage
            );
            return;
        }

        foreach (var message in messages)
        {
            environment.Error.WriteLine($"appliance: {message}");
        }

        environment.Error.WriteLine(help);
    }
}
