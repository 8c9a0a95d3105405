using System.CommandLine;
using Appliance.Build.Bills;
using Appliance.Cli.Terminal;

namespace Appliance.Cli.Verbs;

/// <summary><c>sbom</c>: prints the bill of materials of a site's image in CycloneDX.</summary>
internal static class SbomVerb
{
    public static Command Create(VerbRunner runner)
    {
        var site = SiteArgument.Create();
        var images = new ImageOptions();
        var command = new Command(
            "sbom",
            """
            Print a site's bill of materials, CycloneDX 1.6 JSON (ECMA-424)

            The release's sets, every package with its licence, origin and digest, and the first-boot service.

            Examples:
              appliance sbom router01 > router01.cdx.json
              appliance sbom router01 | jq '.components[] | .name + " " + .version'
            """
        )
        {
            site,
        };
        images.AddTo(command);
        runner.SetAction(
            command,
            async (context, token) =>
            {
                var bill = await BillOfSite.ReadAsync(context, images, context.Get(site)!, token);
                await context.Environment.Out.WriteAsync(
                    CycloneDx.Write(bill, BillOfSite.ToolVersion)
                );
                return ExitCodes.Ok;
            }
        );
        return command;
    }
}
