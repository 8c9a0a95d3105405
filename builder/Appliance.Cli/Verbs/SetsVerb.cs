using System.CommandLine;
using Appliance.Cli.Locations;
using Appliance.Cli.Terminal;
using Appliance.Sources.Sets;
using Spectre.Console;

namespace Appliance.Cli.Verbs;

/// <summary><c>sets</c>: shows the release sets of the network's profiles, and fetches them.</summary>
internal static class SetsVerb
{
    public static Command Create(VerbRunner runner)
    {
        var sets = new SetOptions();
        var fetch = new Option<bool>("--fetch") { Description = "Download what is missing" };
        var command = new Command(
            "sets",
            """
            Show the release sets that the profiles need, where they lie and what is missing

            Examples:
              appliance sets
              appliance sets --fetch
              appliance sets --mirror https://ftp.example.net/FreeBSD/releases/ --fetch
            """
        )
        {
            fetch,
        };
        sets.AddTo(command);
        runner.SetAction(
            command,
            (context, token) => RunAsync(context, sets, context.Get(fetch), token)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        VerbContext context,
        SetOptions options,
        bool fetch,
        CancellationToken token
    )
    {
        var project = Project.ReadValid(context);
        var source = SetOptions.Source(context.Environment);
        var rows = new List<(string Profile, ResolvedSets Sets)>();
        using (var display = new ProgressDisplay(context.Output))
        {
            foreach (var (name, profile) in project.Profiles)
            {
                var pins = SetsLockFile.Read(SetsLockFile.PathFor(profile.Path));
                var resolved = await source.ResolveAsync(
                    options.Request(context, profile, pins),
                    token
                );
                rows.Add(
                    (
                        name,
                        fetch
                            ? await source.FetchAsync(resolved, SetOptions.Progress(display), token)
                            : resolved
                    )
                );
            }
        }

        Show(context, rows);
        return ExitCodes.Ok;
    }

    private static void Show(VerbContext context, List<(string Profile, ResolvedSets Sets)> rows) =>
        context.Output.Result(
            rows.Select(row => new
            {
                row.Profile,
                row.Sets.Release,
                row.Sets.Architecture,
                row.Sets.Directory,
                row.Sets.Pinned,
                row.Sets.Sets,
            }),
            _ =>
            {
                var table = new Table().Border(TableBorder.Simple);
                table.AddColumns("Profile", "Set", "State", "Size", "SHA-256", "Path");
                foreach (var (profile, resolved) in rows)
                {
                    foreach (var set in resolved.Sets)
                    {
                        table.AddRow(
                            Markup.Escape(profile),
                            Markup.Escape(set.Name),
                            set.State == SetState.Cached ? "cached" : "missing",
                            set.Size is { } size ? ByteText.Of(size) : "?",
                            set.Sha256[..16] + (resolved.Pinned ? "" : " (not pinned)"),
                            Markup.Escape(set.Path)
                        );
                    }
                }

                context.Output.Ansi.Write(table);
            }
        );
}
