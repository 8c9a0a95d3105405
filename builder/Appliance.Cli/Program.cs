using Appliance.Cli;
using Appliance.Cli.Terminal;

return await ApplianceCli.RunAsync(args, CliEnvironment.OfProcess());
