using System.CommandLine;
using Appliance.Cli.Locations;
using Appliance.Imaging.Disk;
using Appliance.Lab;
using Appliance.Lab.Daemons;
using Appliance.Lab.Linux;
using Appliance.Lab.Running;
using Appliance.Lab.Speakers;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;
using Appliance.Verify.Processes;

namespace Appliance.Cli.Verbs;

/// <summary>Options of the verbs that bring a lab up.</summary>
/// <param name="defaultName">Name of the lab when none is given.</param>
internal sealed class LabOptions(string defaultName)
{
    private readonly Option<string> name = Name(defaultName);

    private readonly Option<string[]> speakers = new("--speaker")
    {
        Description =
            "Who plays a neighbor: bird, frr, openbgpd, gobgp or exabgp; bird unless given. May be given several times",
        HelpName = "NEIGHBOR=PROGRAM",
    };

    private readonly Option<string[]> guests = new("--vm")
    {
        Description =
            "A site that is a virtual machine with its real image, instead of FRR in a namespace. May be given several times",
        HelpName = "SITE",
    };

    private readonly ImageOptions images = new();

    /// <summary>The option of all lab verbs.</summary>
    public static Option<string> Name(string defaultName) =>
        new("--name")
        {
            Description = $"Name of the lab (default: {defaultName})",
            HelpName = "NAME",
            DefaultValueFactory = _ => defaultName,
        };

    /// <summary>The host's programs on the user's search path.</summary>
    public static HostTools Tools(VerbContext context) =>
        new(LabTools.SearchPath(context.Environment.Variable("PATH")));

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(name);
        command.Options.Add(speakers);
        command.Options.Add(guests);
        images.AddTo(command);
    }

    /// <summary>What is to be brought up: all sites of the network file.</summary>
    /// <exception cref="LabException">Not root, or the network cannot be laid out.</exception>
    /// <param name="lowerLimits">Sessions end after few routes, for tests that exceed their limits.</param>
    public async Task<LabRequest> RequestAsync(
        VerbContext context,
        CancellationToken token,
        bool lowerLimits = false
    )
    {
        Root.Require();
        var project = Project.ReadValid(context);
        IReadOnlyList<SiteDocument> documents =
        [
            .. project.Network!.Sites.Select(site =>
                SiteArgument
                    .Choose(
                        project,
                        site.Name.Text,
                        context.NetworkPath,
                        profile => images.Inputs.Apply(context, profile)
                    )
                    .Document
            ),
        ];
        var plan = LabPlanner.Plan(
            context.Get(name)!,
            lowerLimits ? LoweredLimits.Of(documents) : documents,
            Guests(context, documents)
        );
        var tools = Tools(context);
        var request = new LabRequest
        {
            Plan = plan,
            Tools = tools,
            FrrVersion = "",
            Speakers = Speakers(context, plan),
            WriteImage = (document, path, stop) => WriteImageAsync(context, document, path, stop),
        };
        await LabRequirements.RequireAsync(request, token);
        return request with
        {
            FrrVersion = await FrrRouter.VersionAsync(new ProcessGateway(tools), token),
        };
    }

    private string[] Guests(VerbContext context, IReadOnlyList<SiteDocument> documents)
    {
        var chosen = context.Get(guests) ?? [];
        var unknown = chosen.FirstOrDefault(name => documents.All(site => site.Site != name));
        return unknown is null
            ? chosen
            : throw new LabException(
                LabFault.BadRequest,
                $"--vm {unknown}: the sites are {string.Join(", ", documents.Select(site => site.Site))}"
            );
    }

    /// <summary>The image that `build` makes, of another document.</summary>
    private async Task WriteImageAsync(
        VerbContext context,
        SiteDocument document,
        string path,
        CancellationToken token
    )
    {
        var work = BuildWork.Prepare(
            context,
            images,
            new ImageName(document.Site, IsProfile: false),
            document
        );
        using var assembled = work.Assemble(await work.FetchAsync(token), token);
        ImageFile.WriteRaw(assembled.Disk(), path, null, token);
    }

    private Dictionary<string, SpeakerKind> Speakers(VerbContext context, LabPlan plan)
    {
        var chosen = new Dictionary<string, SpeakerKind>(StringComparer.Ordinal);
        foreach (var text in context.Get(speakers) ?? [])
        {
            var parts = text.Split('=', 2);
            var neighbors = plan.Sessions.Select(session => session.Upstream).ToList();
            if (parts.Length != 2 || !neighbors.Contains(parts[0], StringComparer.Ordinal))
            {
                throw new LabException(
                    LabFault.BadRequest,
                    $"--speaker {text}: the neighbors are {string.Join(", ", neighbors)}, and \"NEIGHBOR=bird\" is the form"
                );
            }

            chosen[parts[0]] =
                Enum.TryParse<SpeakerKind>(parts[1], ignoreCase: true, out var kind)
                && Enum.IsDefined(kind)
                    ? kind
                    : throw new LabException(
                        LabFault.BadRequest,
                        $"--speaker {text}: the programs are bird, frr, openbgpd, gobgp and exabgp"
                    );
        }

        return chosen;
    }
}
