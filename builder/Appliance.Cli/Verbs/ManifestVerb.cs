using System.CommandLine;
using Appliance.Build.Bills;
using Appliance.Cli.Answers;
using Appliance.Cli.Terminal;
using Spectre.Console;

namespace Appliance.Cli.Verbs;

/// <summary><c>manifest</c>: the bill of materials for people.</summary>
internal static class ManifestVerb
{
    public static Command Create(VerbRunner runner)
    {
        var site = SiteArgument.Create();
        var images = new ImageOptions();
        var command = new Command(
            "manifest",
            """
            List what a site's image is made of: versions, licences, digests

            Examples:
              appliance manifest router01
              appliance manifest router01 --json | jq -r '.components[].sha256'
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
                context.Output.Result(
                    AnswerJson.Shapes.BillOfMaterials,
                    () => bill,
                    _ => context.Output.Ansi.Write(Table(bill))
                );
                return ExitCodes.Ok;
            }
        );
        return command;
    }

    private static Table Table(BillOfMaterials bill)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns("Name", "Version", "Licences", "Size", "SHA-256");
        foreach (var component in bill.Components)
        {
            table.AddRow(
                Markup.Escape(component.Name),
                Markup.Escape(component.Version),
                Markup.Escape(string.Join(", ", component.Licenses.Names)),
                component.Size is { } size ? ByteText.Of(size) : "",
                component.Sha256?[..16] ?? ""
            );
        }

        return table;
    }
}
