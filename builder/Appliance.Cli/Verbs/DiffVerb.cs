using System.CommandLine;
using Appliance.Build.Changes;
using Appliance.Cli.Answers;
using Appliance.Cli.Locations;
using Appliance.Cli.Terminal;
using Appliance.Rendering.Documents;

namespace Appliance.Cli.Verbs;

/// <summary><c>diff</c>: what a change of the network file means in the words of BGP.</summary>
internal static class DiffVerb
{
    public static Command Create(VerbRunner runner)
    {
        var old = new Argument<string>("OLD") { Description = "The network file as it was" };
        var changed = new Argument<string>("NEW") { Description = "The network file as it is" };
        var command = new Command(
            "diff",
            """
            Show what a change of the network file means to neighbors and sites

            Sites and links that go or come, announcements, sessions, and filters that open or close.

            Exit status 0 means that nothing of this is different, 1 that something is. What has nothing to do with BGP
            is not shown; `render --diff` shows every line of every file.

            Examples:
              appliance diff before.yaml as64500.yaml
              git show HEAD:as64500.yaml > /tmp/before.yaml && appliance diff /tmp/before.yaml as64500.yaml
              appliance diff before.yaml as64500.yaml --json | jq '.changes[] | select(.kind == "opens")'
            """
        )
        {
            old,
            changed,
        };
        runner.SetAction(
            command,
            (context, _) => Task.FromResult(Run(context, context.Get(old)!, context.Get(changed)!))
        );
        return command;
    }

    private static int Run(VerbContext context, string old, string changed)
    {
        var changes = NetworkChanges.Between(Documents(context, old), Documents(context, changed));
        context.Output.Result(
            AnswerJson.Shapes.DiffAnswer,
            () => new(old, changed, changes),
            people => Show(people, changes)
        );
        // As diff(1) does: 0 is no difference.
        return changes.Count == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static List<SiteDocument> Documents(VerbContext context, string path)
    {
        var project = Project.ReadValid(context, path);
        return
        [
            .. project.Network!.Sites.Select(site =>
                SiteArgument.Choose(project, site.Name.Text, path).Document
            ),
        ];
    }

    private static void Show(TextWriter people, IReadOnlyList<BgpChange> changes)
    {
        if (changes.Count == 0)
        {
            people.WriteLine(
                "no neighbor will notice a difference, and no site, link or prefix came or went"
            );
            return;
        }

        List<string[]> rows =
        [
            ["SITE", "ABOUT", "CHANGE", "NEIGHBOR", "WHAT"],
            .. changes.Select(change =>
                (string[])
                    [
                        change.Site,
                        About(change.Subject),
                        Word(change),
                        change.Neighbor ?? (IsOfSite(change.Subject) ? "-" : "all"),
                        What(change),
                    ]
            ),
        ];
        var widths = Enumerable
            .Range(0, rows[0].Length - 1)
            .Select(column => rows.Max(row => row[column].Length))
            .ToList();
        foreach (var row in rows)
        {
            var cells = widths.Select((width, column) => row[column].PadRight(width));
            people.WriteLine($"{string.Join("  ", cells)}  {row[^1]}");
        }
    }

    private static string About(ChangeSubject subject) =>
        subject == ChangeSubject.RpkiCache ? "RPKI cache" : subject.ToString().ToLowerInvariant();

    private static bool IsOfSite(ChangeSubject subject) =>
        subject is ChangeSubject.Site or ChangeSubject.Link or ChangeSubject.Prefix;

    private static string Word(BgpChange change) =>
        change is { Subject: ChangeSubject.Announcement, Kind: ChangeKind.Removed }
            ? "withdrawn"
            : change.Kind.ToString().ToLowerInvariant();

    private static string What(BgpChange change)
    {
        var subject = change.What == "session" ? "" : $"{change.What}: ";
        return change switch
        {
            { Old: null, New: null } => change.What,
            { Old: { } old, New: { } changed } => $"{subject}{old} → {changed}",
            _ => $"{subject}{change.New ?? change.Old}",
        };
    }
}
