using System.CommandLine;
using System.Text;
using Appliance.Cli.Locations;
using Appliance.Cli.Terminal;
using Appliance.Rendering.Documents;

namespace Appliance.Cli.Verbs;

/// <summary><c>document</c>: prints what a machine is told of the network.</summary>
internal static class DocumentVerb
{
    public static Command Create(VerbRunner runner)
    {
        var site = SiteArgument.Create();
        var age = new DocumentAgeOptions();
        var command = new Command(
            "document",
            """
            Print the site document: what first boot makes a machine from

            It is JSON, and has no secrets.

            Examples:
              appliance document router01 > router01.json
              appliance document router01 > router01.json && ssh-keygen -Y sign -n appliance-site -f signing router01.json
            """
        )
        {
            site,
        };
        age.AddTo(command);
        runner.SetAction(
            command,
            (context, _) =>
            {
                var chosen = SiteArgument.Choose(
                    Project.ReadValid(context),
                    context.Get(site)!,
                    context.NetworkPath
                );
                // Byte for byte what is signed: seed carries it so.
                context.Environment.Out.Write(
                    Encoding.UTF8.GetString(
                        SiteDocumentJson.Write(age.Apply(context, chosen.Document))
                    )
                );
                return Task.FromResult(ExitCodes.Ok);
            }
        );
        return command;
    }
}
