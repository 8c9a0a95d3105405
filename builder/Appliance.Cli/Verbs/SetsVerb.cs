using System.CommandLine;
using Appliance.Cli.Answers;
using Appliance.Cli.Locations;
using Appliance.Cli.Terminal;
using Appliance.Sources;
using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Sets;
using Spectre.Console;

namespace Appliance.Cli.Verbs;

/// <summary><c>sets</c>: shows the release sets of the network's profiles, and fetches them.</summary>
internal static class SetsVerb
{
    public static Command Create(VerbRunner runner)
    {
        var inputs = new InputOptions();
        var fetch = new Option<bool>("--fetch") { Description = "Download what is missing" };
        var command = new Command(
            "sets",
            """
            Show release sets and packages, where they are and what is missing

            Packages that no lock pins are found out once the sets are there, which say whom to trust.

            Examples:
              appliance sets
              appliance sets --fetch
              appliance sets --mirror https://ftp.example.net/FreeBSD/releases/ --fetch
            """
        )
        {
            fetch,
        };
        inputs.AddTo(command);
        runner.SetAction(
            command,
            (context, token) => RunAsync(context, inputs, context.Get(fetch), token)
        );
        return command;
    }

    private static async Task<int> RunAsync(
        VerbContext context,
        InputOptions options,
        bool fetch,
        CancellationToken token
    )
    {
        var project = Project.ReadValid(context);
        var rows = new List<Row>();
        var failures = new List<SourceException>();
        var packages = new List<string>();
        foreach (var (name, profile) in project.Profiles)
        {
            var inputs = new ProfileInputs(context, options, options.Apply(context, profile));
            var (row, failure) = await RowAsync(name, inputs, fetch, token);
            rows.Add(row with { Requests = inputs.Requests });
            if (failure is not null)
            {
                failures.Add(failure);
                packages.AddRange(inputs.MissingCatalogues() is { } text ? [text] : []);
            }
        }

        Show(context, rows);
        return failures.Count == 0
            ? ExitCodes.Ok
            : throw new SourceException(
                failures[0].Failure,
                string.Join(
                    '\n',
                    failures.Select(failure => failure.Message).Concat(packages).Distinct()
                )
            );
    }

    /// <summary>What is known of a profile's inputs, and what kept us from knowing more.</summary>
    private static async Task<(Row Row, SourceException? Failure)> RowAsync(
        string name,
        ProfileInputs inputs,
        bool fetch,
        CancellationToken token
    )
    {
        try
        {
            var found = fetch
                ? await inputs.FetchAsync(refresh: false, token)
                : await inputs.ResolveAsync(refresh: false, token);
            return (new Row(name, found.Sets, found.Packages, found.PackagesAreKnown), null);
        }
        catch (SourceException exception)
            when (exception.Failure is SourceFailure.Missing or SourceFailure.Unavailable)
        {
            return (new Row(name, inputs.KnownSets(), null, PackagesAreKnown: false), exception);
        }
    }

    private sealed record Row(
        string Profile,
        ResolvedSets Sets,
        ResolvedPackages? Packages,
        bool PackagesAreKnown
    )
    {
        /// <summary>The packages that the profile names.</summary>
        public IReadOnlyList<string> Requests { get; init; } = [];
    }

    private static void Show(VerbContext context, List<Row> rows) =>
        context.Output.Result(
            AnswerJson.Shapes.IReadOnlyListProfileSets,
            () =>
                [
                    .. rows.Select(row => new ProfileSets(
                        row.Profile,
                        row.Sets.Release,
                        row.Sets.Architecture,
                        row.Sets.Directory,
                        row.Sets.Pinned,
                        row.Sets.Sets,
                        row.Packages?.Packages,
                        row.PackagesAreKnown
                    )),
                ],
            _ => ShowTable(context, rows)
        );

    private static void ShowTable(VerbContext context, List<Row> rows)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns("Profile", "Input", "State", "Size", "SHA-256", "Path");
        foreach (var row in rows)
        {
            foreach (var set in row.Sets.Sets)
            {
                table.AddRow(
                    Markup.Escape(row.Profile),
                    Markup.Escape(set.Name),
                    set.State == SetState.Cached ? "cached" : "missing",
                    set.Size is { } size ? ByteText.Of(size) : "?",
                    set.Sha256 == ProfileInputs.Unknown
                        ? "?"
                        : set.Sha256[..16] + (row.Sets.Pinned ? "" : " (not pinned)"),
                    Markup.Escape(set.Path) + (set.IsOfficial ? "" : " (not FreeBSD's own)")
                );
            }

            foreach (var request in row.Packages is null ? row.Requests : [])
            {
                table.AddRow(
                    Markup.Escape(row.Profile),
                    Markup.Escape(request),
                    "missing",
                    "?",
                    "?",
                    ""
                );
            }

            foreach (var package in row.Packages?.Packages ?? [])
            {
                table.AddRow(
                    Markup.Escape(row.Profile),
                    Markup.Escape(package.FullName),
                    package.State == PackageState.Cached ? "cached" : "missing",
                    ByteText.Of(package.Size),
                    (package.Sha256?[..16] ?? "?") + (row.Packages!.Pinned ? "" : " (not pinned)"),
                    Markup.Escape(package.Path)
                );
            }
        }

        context.Output.Ansi.Write(table);
        foreach (var row in rows.Where(row => !row.PackagesAreKnown))
        {
            context.Output.Note(
                $"note: {row.Profile} names the packages {string.Join(", ", row.Requests)}; they are not pinned yet, and "
                    + "'appliance lock' finds out what else they need"
            );
        }
    }
}
