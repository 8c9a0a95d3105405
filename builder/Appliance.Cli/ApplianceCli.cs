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
            foreach (var error in parsed.Errors)
            {
                await environment.Error.WriteLineAsync($"appliance: {error.Message}");
            }

            await environment.Error.WriteLineAsync(
                $"Try '{HelpCommand(parsed)}' for the options and examples."
            );
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
            "Turns one file that describes an autonomous system into bootable FreeBSD router images, "
                + "and proves them by booting."
        );
        foreach (var option in options.All)
        {
            root.Options.Add(option);
        }

        var runner = new VerbRunner(options, environment);
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
        return root;
    }

    private static string HelpCommand(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand
            ? "appliance --help"
            : $"appliance {parsed.CommandResult.Command.Name} --help";
}
