using System.CommandLine;
using Appliance.Build;
using Appliance.Cli.Answers;
using Appliance.Cli.Locations;
using Appliance.Cli.Terminal;
using Appliance.Model.Reports;
using Appliance.Rendering.Verdicts;
using Appliance.Sources.Downloads;
using Appliance.Sources.Vulnerabilities;

namespace Appliance.Cli.Verbs;

/// <summary><c>audit</c>: looks the image's inputs up in FreeBSD's list of vulnerabilities.</summary>
internal static class AuditVerb
{
    public static Command Create(VerbRunner runner)
    {
        var site = SiteArgument.Create();
        var images = new ImageOptions();
        var list = new Option<string?>("--vuln")
        {
            Description =
                "A VuXML file, packed or not (default: fetched from vuxml.FreeBSD.org; with --offline the last one fetched)",
            HelpName = "FILE",
        };
        var command = new Command(
            "audit",
            """
            Look up a site's release and packages in FreeBSD's list, VuXML

            Names and versions are compared as pkg-audit(8) compares them. Exit status 1: something is vulnerable.

            Examples:
              appliance audit router01
              appliance audit router01 --vuln vuln.xml.xz --json
            """
        )
        {
            site,
            list,
        };
        images.AddTo(command);
        runner.SetAction(
            command,
            (context, token) =>
                RunAsync(context, images, context.Get(site)!, context.Get(list), token)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        VerbContext context,
        ImageOptions images,
        string siteName,
        string? list,
        CancellationToken token
    )
    {
        var (system, audited) = await NamesAsync(context, images, siteName, token);
        var path = list is null
            ? await ListAsync(context, images, token)
            : context.Environment.Resolve(list);
        var known = VulnerabilityList.Read(path);
        var found = audited
            .SelectMany(item =>
                known
                    .Where(entry => entry.Affects(item.Name, item.Version))
                    .Select(entry => new VulnerableName(
                        item.Name,
                        item.Version,
                        entry.Topic,
                        entry.Cves,
                        entry.Page
                    ))
            )
            .ToList();
        context.Output.Result(
            AnswerJson.Shapes.AuditAnswer,
            () =>
                new(
                    siteName,
                    system.ToString(),
                    [.. audited.Select(item => new AuditedName(item.Name, item.Version))],
                    known.Count,
                    found
                ),
            people => Show(people, system, audited.Count, known.Count, found)
        );
        return found.Count > 0 ? ExitCodes.Failed : ExitCodes.Ok;
    }

    private static async Task<(
        BaseSystem Base,
        IReadOnlyList<(string Name, string Version)> Names
    )> NamesAsync(
        VerbContext context,
        ImageOptions images,
        string siteName,
        CancellationToken token
    )
    {
        var work = BuildWork.Prepare(context, images, siteName);
        var found = await work.ResolveAsync(token);
        if (!found.PackagesAreKnown)
        {
            // Nothing pins them yet, and whom to trust stands in the sets.
            found = await work.FetchAsync(found, token);
        }

        var system = BaseSystem.Of(BuildWork.Inputs(found));
        // VuXML names the base system "FreeBSD" and its kernel "FreeBSD-kernel" (Porter's Handbook, "VuXML").
        return (
            system,
            [
                ("FreeBSD", system.Version.AuditedUserland),
                ("FreeBSD-kernel", system.Version.AuditedKernel),
                .. (found.Packages?.Packages ?? []).Select(package =>
                    (package.Name, package.Version)
                ),
            ]
        );
    }

    private static async Task<string> ListAsync(
        VerbContext context,
        ImageOptions images,
        CancellationToken token
    )
    {
        using var downloader = new Downloader();
        var list = new VulnerabilityList(SetOptions.Cache(context.Environment), downloader);
        if (images.Inputs.Sets.IsOffline(context))
        {
            return list.CachedPath;
        }

        using var display = new ProgressDisplay(context.Output);
        return await list.FetchAsync(progress: SetOptions.Progress(display), token: token);
    }

    private static void Show(
        TextWriter people,
        BaseSystem system,
        int audited,
        int entries,
        List<VulnerableName> found
    )
    {
        foreach (var match in found)
        {
            people.WriteLine($"{match.Name}-{match.Version} is vulnerable:");
            people.WriteLine($"  {match.Topic}");
            foreach (var cve in match.Cves)
            {
                people.WriteLine($"  {cve}");
            }

            people.WriteLine($"  {match.Page}");
        }

        people.WriteLine($"base: {system}");
        if (found.Count > 0)
        {
            people.WriteLine(
                system.Source == BaseSource.Sets
                    ? "sets never get fixes: name base_packages in the profile, then 'appliance lock --update'"
                    : "'appliance lock --update' pins what the repositories have now"
            );
        }

        people.WriteLine(
            $"{Counted.Of(found.Count, "problem")} in {Counted.Of(audited, "name")}, by {Counted.Of(entries, "entry", "entries")} of the list"
        );
    }
}
