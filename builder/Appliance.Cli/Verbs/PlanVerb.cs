using System.CommandLine;
using Appliance.Build;
using Appliance.Build.Composition;
using Appliance.Build.Packages.Scripts;
using Appliance.Build.Plans;
using Appliance.Cli.Answers;
using Appliance.Cli.Locations;
using Appliance.Cli.Terminal;
using Appliance.Model.Reports;
using Appliance.Sources;
using Appliance.Sources.Packages.Manifests;
using Spectre.Console;

namespace Appliance.Cli.Verbs;

/// <summary><c>plan</c>: prints the fully resolved build before anything is written.</summary>
internal static class PlanVerb
{
    public static Command Create(VerbRunner runner)
    {
        var subject = new ImageSubject();
        var options = new ImageOptions();
        var mtree = new Option<bool>("--mtree")
        {
            Description = "Print the root file system as an mtree(5) specification",
        };
        var files = new Option<bool>("--files") { Description = "Print every file, too" };
        var command = new Command(
            "plan",
            """
            Print what an image would be made of, before anything is written

            Inputs with digests, partitions, and every file.

            Without sets and packages on this machine the files are not known yet, and the plan says so.

            Examples:
              appliance plan router01
              appliance plan router01 --files
              appliance plan router01 --json > router01.plan.json
              appliance plan --profile edge
              appliance plan router01 --mtree | mtree -p /mnt
            """
        )
        {
            files,
            mtree,
        };
        subject.AddTo(command);
        options.AddTo(command);
        runner.SetAction(
            command,
            (context, token) =>
                RunAsync(
                    context,
                    options,
                    subject.Read(context),
                    new View(context.Get(files), context.Get(mtree)),
                    token
                ),
            ExampleUse.SaidAloud
        );
        return command;
    }

    private readonly record struct View(bool Files, bool Mtree);

    private static async Task<int> RunAsync(
        VerbContext context,
        ImageOptions options,
        ImageName image,
        View view,
        CancellationToken token
    )
    {
        var work = BuildWork.Prepare(context, options, image);
        var inputs = await ResolveAsync(context, work, token);
        if (!inputs.IsComplete)
        {
            context.Output.Note(
                "note: inputs are missing, so the files are not known yet; 'appliance sets --fetch' gets them"
            );
            ShowPlan(context, work.Plan(inputs), files: false);
            return ExitCodes.Ok;
        }

        using var assembled = work.Assemble(await work.FetchAsync(inputs, token), token);
        if (view.Mtree)
        {
            await context.Environment.Out.WriteAsync(
                MtreeSpecification.Write(assembled.Image.Tree)
            );
            return ExitCodes.Ok;
        }

        ShowPlan(context, assembled.Plan(), view.Files);
        return ExitCodes.Ok;
    }

    /// <summary>Where an input is out of reach the plan is shown as far as it is known, before the verb fails.</summary>
    private static async Task<ResolvedInputs> ResolveAsync(
        VerbContext context,
        BuildWork work,
        CancellationToken token
    )
    {
        try
        {
            return await work.ResolveAsync(token);
        }
        catch (SourceException exception)
            when (exception.Failure is SourceFailure.Missing or SourceFailure.Unavailable)
        {
            ShowPlan(context, work.PlanOfWhatIsKnown(), files: false);
            throw new SourceException(
                exception.Failure,
                $"the plan is not complete. {exception.Message}",
                exception
            );
        }
    }

    private static void ShowPlan(VerbContext context, BuildPlan plan, bool files) =>
        context.Output.Result(
            AnswerJson.Shapes.BuildPlan,
            () => plan,
            people =>
            {
                people.WriteLine(
                    $"{plan.Site ?? "any site"} of {plan.Network}: profile {plan.Profile}, "
                        + $"FreeBSD {plan.Release} {plan.Architecture}, disk {plan.DiskId}"
                );
                people.WriteLine($"base: {plan.Base.Text}");
                context.Output.Ansi.Write(Inputs(plan));
                context.Output.Ansi.Write(Partitions(plan));
                if (plan.Composition is { } composition)
                {
                    WriteComposition(people, composition, files);
                }
            }
        );

    private static Table Inputs(BuildPlan plan)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns("Input", "Kind", "Size", "SHA-256", "From");
        foreach (var input in plan.Inputs)
        {
            table.AddRow(
                Markup.Escape(input.Name),
                input.Kind.ToString().ToLowerInvariant(),
                input.Size is { } size ? ByteText.Of(size) : "?",
                input.Sha256?[..16] ?? "?",
                Markup.Escape(input.Location)
                    + (input.Present ? "" : " (missing)")
                    + (input.Official is false ? " (not FreeBSD's own)" : "")
            );
        }

        return table;
    }

    private static Table Partitions(BuildPlan plan)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumns("Partition", "Type", "Content", "Size", "GUID");
        foreach (var partition in plan.Partitions)
        {
            table.AddRow(
                Markup.Escape(partition.Label),
                partition.Type,
                partition.Content,
                partition.Size,
                partition.Id.ToString()
            );
        }

        return table;
    }

    private static void WriteComposition(TextWriter people, PlanComposition composition, bool files)
    {
        foreach (var origin in composition.Files.GroupBy(file => file.Origin))
        {
            people.WriteLine(
                $"{origin.Key}: {Counted.Of(origin.Count(), "name")}, {ByteText.Of(origin.Sum(file => file.Size ?? 0))}, "
                    + $"{Counted.Of(origin.Count(file => file.Overrides is not null), "replaces", "replace")} another input's"
            );
        }

        WriteScripts(people, composition.Scripts);
        people.WriteLine(
            $"left out: {Counted.Of(composition.LeftOut.Sum(pattern => pattern.Files), "file")}, "
                + $"{ByteText.Of(composition.LeftOut.Sum(pattern => pattern.Bytes))}"
        );
        if (!files)
        {
            return;
        }

        foreach (var file in composition.Files)
        {
            people.WriteLine(
                $"{file.Mode} {file.Uid}:{file.Gid} {file.Size, 10} {file.Origin, -9} {file.Path}"
                    + (file.Target is null ? "" : $" -> {file.Target}")
                    + (file.Overrides is null ? "" : $"  (over {file.Overrides})")
            );
        }
    }

    private static void WriteScripts(TextWriter people, IReadOnlyList<PlanScript> scripts)
    {
        foreach (var script in scripts)
        {
            var what =
                script.Handling == ScriptHandling.FirstBoot
                    ? $"runs at first boot, because of \"{script.Unknown[0]}\""
                : script.Effects.Count == 0 ? "has nothing to do"
                : $"is done: {string.Join(", ", script.Effects)}";
            people.WriteLine(
                $"{script.Package}: its {Name(script.Kind)} script ({script.Language.ToString().ToLowerInvariant()}) {what}"
            );
        }
    }

    private static string Name(PackageScriptKind kind) =>
        kind switch
        {
            PackageScriptKind.PreInstall => "pre-install",
            PackageScriptKind.PostInstall => "post-install",
            PackageScriptKind.Install => "install",
            PackageScriptKind.PreDeinstall => "pre-deinstall",
            PackageScriptKind.PostDeinstall => "post-deinstall",
            PackageScriptKind.Deinstall => "deinstall",
        };
}
