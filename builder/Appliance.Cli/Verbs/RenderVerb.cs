using System.CommandLine;
using Appliance.Cli.Answers;
using Appliance.Cli.Locations;
using Appliance.Cli.Terminal;
using Appliance.Files;
using Appliance.Rendering;

namespace Appliance.Cli.Verbs;

/// <summary><c>render</c>: shows the very files that first boot writes.</summary>
internal static class RenderVerb
{
    public static Command Create(VerbRunner runner)
    {
        var site = SiteArgument.Create();
        var folder = new Option<string?>("--output", "-o")
        {
            Description = "Write the files below this folder instead of showing them",
            HelpName = "DIR",
        };
        var diff = new Option<string?>("--diff")
        {
            Description =
                "Show how the files differ from those below this folder (an earlier --output)",
            HelpName = "DIR",
        };
        var only = new Option<string?>("--file")
        {
            Description = "Only the file with this target path",
            HelpName = "PATH",
        };
        var command = new Command(
            "render",
            """
            Show the configuration files that first boot writes for a site

            Examples:
              appliance render router01
              appliance render router01 --file /etc/pf.conf
              appliance render router01 --output before && $EDITOR as64500.yaml && appliance render router01 --diff before
            """
        )
        {
            site,
            folder,
            diff,
            only,
        };
        runner.SetAction(
            command,
            (context, _) =>
            {
                var files = Files(context, context.Get(site)!, context.Get(only));
                return Task.FromResult(
                    context.Get(diff) is { } old ? Compare(context, files, old)
                    : context.Get(folder) is { } target ? Write(context, files, target)
                    : Show(context, files)
                );
            }
        );
        return command;
    }

    private static IReadOnlyList<RenderedFile> Files(
        VerbContext context,
        string siteName,
        string? only
    )
    {
        var project = Project.ReadValid(context);
        var site = SiteArgument.Choose(project, siteName, context.NetworkPath);
        var names = InterfaceNames.Predict(site.Document);
        foreach (var name in names.Unpredicted)
        {
            context.Output.Note(
                $"note: the device of interface '{name}' is known on the machine only; it is shown as {names.Find(name)}"
            );
        }

        var files = SiteRenderer.Render(site.Document, names);
        if (only is null)
        {
            return files;
        }

        return files.Where(file => file.Path == only).ToList() is { Count: > 0 } found
            ? found
            : throw new MissingInputException(
                $"no file '{only}' is rendered; there are {string.Join(", ", files.Select(file => file.Path))}"
            );
    }

    private static int Show(VerbContext context, IReadOnlyList<RenderedFile> files)
    {
        context.Output.Result(
            AnswerJson.Shapes.IReadOnlyListShownFile,
            () =>
                [
                    .. files.Select(file => new ShownFile(
                        file.Path,
                        Octal(file),
                        file.Owner,
                        file.Group,
                        file.InImage,
                        file.Content
                    )),
                ],
            people =>
            {
                foreach (var file in files)
                {
                    people.WriteLine($"==> {file.Path}  {Octal(file)} {file.Owner}:{file.Group}");
                    people.WriteLine(file.Content);
                }
            }
        );
        return ExitCodes.Ok;
    }

    private static int Write(
        VerbContext context,
        IReadOnlyList<RenderedFile> files,
        string targetFolder
    )
    {
        foreach (var file in files)
        {
            var relative = file.Path.TrimStart('/');
            var folder = OutputFolder.CreateBelow(
                context.Environment.Resolve(targetFolder),
                Path.GetDirectoryName(relative) ?? ""
            );
            OutputFile.WriteText(Path.Combine(folder, Path.GetFileName(relative)), file.Content);
        }

        context.Output.Result(
            AnswerJson.Shapes.WrittenFiles,
            () => new(targetFolder, [.. files.Select(file => file.Path)]),
            people => people.WriteLine($"{files.Count} files below {targetFolder}")
        );
        return ExitCodes.Ok;
    }

    private static int Compare(
        VerbContext context,
        IReadOnlyList<RenderedFile> files,
        string oldFolder
    )
    {
        if (!Directory.Exists(context.Environment.Resolve(oldFolder)))
        {
            throw new MissingInputException(
                $"{oldFolder} is no folder; make one with 'appliance render SITE --output {oldFolder}'"
            );
        }

        var changes = files
            .Select(file => new DifferentFile(
                file.Path,
                UnifiedDiff.Between(
                    ReadOld(HostPath(context, oldFolder, file)),
                    file.Content,
                    file.Path
                )
            ))
            .Where(change => change.Diff.Length > 0)
            .ToList();
        context.Output.Result(
            AnswerJson.Shapes.IReadOnlyListDifferentFile,
            () => changes,
            people =>
            {
                foreach (var change in changes)
                {
                    people.Write(change.Diff);
                }
            }
        );
        // As diff(1) does: 0 is no difference.
        return changes.Count == 0 ? ExitCodes.Ok : ExitCodes.Failed;
    }

    private static string ReadOld(string path) => File.Exists(path) ? File.ReadAllText(path) : "";

    private static string HostPath(VerbContext context, string folder, RenderedFile file) =>
        Path.Combine(context.Environment.Resolve(folder), file.Path.TrimStart('/'));

    private static string Octal(RenderedFile file) =>
        Convert.ToString(file.Mode, 8).PadLeft(4, '0');
}
