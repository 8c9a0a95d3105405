using System.CommandLine;
using Appliance.Build.Objects;
using Appliance.Cli.Answers;
using Appliance.Cli.Locations;
using Appliance.Cli.Terminal;
using Appliance.Model.Networks;

namespace Appliance.Cli.Verbs;

/// <summary><c>objects</c>: what registries should say about the network, and what RPKI says.</summary>
internal static class ObjectsVerb
{
    public static Command Create(VerbRunner runner)
    {
        var check = new Option<string?>("--check")
        {
            Description = "Compare the announcements with the VRPs of a validator's JSON export",
            HelpName = "FILE",
        };
        var command = new Command(
            "objects",
            """
            Show registry objects and ROAs, or what RPKI says of the prefixes

            What every object refers to (mnt-by, admin-c, tech-c, source, country, nservers) comes from `registry:` in the
            network file; what is not there is a placeholder in angle brackets.

            Examples:
              appliance objects --network as64500.yaml
              appliance objects --check vrps.json
            """
        )
        {
            check,
        };
        runner.SetAction(
            command,
            (context, _) =>
            {
                var network = Project.ReadValid(context).Network!;
                return Task.FromResult(
                    context.Get(check) is { } file
                        ? Check(context, network, file)
                        : Show(context, network)
                );
            }
        );
        return command;
    }

    private static int Show(VerbContext context, Network network)
    {
        var rpsl = RoutingObjects.Rpsl(network);
        var roas = RoutingObjects
            .Roas(network)
            .Select(roa => new RoaAnswer($"AS{roa.Asn}", $"{roa.Prefix}", roa.MaximumLength))
            .ToList();
        if (rpsl.Contains('<'))
        {
            context.Output.Note(
                $"note: what is in angle brackets is not known: write it there, or registry: {{mnt_by: …, admin_c: …, tech_c: …, "
                    + $"source: …, country: …, nservers: […]}} in {context.NetworkName}"
            );
        }

        context.Output.Result(
            AnswerJson.Shapes.ObjectsAnswer,
            () => new(rpsl, roas),
            people =>
            {
                people.Write(rpsl);
                people.WriteLine();
                people.WriteLine(
                    "ROAs to create, each for its own length and none longer (RFC 9319):"
                );
                foreach (var roa in roas)
                {
                    people.WriteLine($"  {roa.Prefix}  {roa.Asn}  maximum length {roa.MaxLength}");
                }
            }
        );
        return ExitCodes.Ok;
    }

    private static int Check(VerbContext context, Network network, string file)
    {
        var path = context.Environment.Resolve(file);
        if (!File.Exists(path))
        {
            throw new MissingInputException($"{file} is not there; a validator exports it as JSON");
        }

        var states = RoutingObjects
            .Check(network, VrpFile.Read(File.ReadAllText(path), file))
            .Select(item => new OriginAnswer($"{item.Prefix}", item.State))
            .ToList();
        context.Output.Result(
            AnswerJson.Shapes.IReadOnlyListOriginAnswer,
            () => states,
            people =>
            {
                foreach (var item in states)
                {
                    people.WriteLine(
                        $"{item.State.ToString().ToLowerInvariant(), -8} {item.Prefix} from AS{network.Asn}"
                    );
                }
            }
        );
        return states.TrueForAll(item => item.State == OriginState.Valid)
            ? ExitCodes.Ok
            : ExitCodes.Failed;
    }
}
